using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Platform.Tests;

/// <summary>A platform over a folder of its own, with a clock that the test moves.</summary>
internal sealed class OpenPlatform : IAsyncDisposable
{
    public string Home { get; } = Directory.CreateTempSubdirectory("headwater-platform-").FullName;

    public ManualTime Time { get; } = new();

    public PlatformHost Host { get; private set; } = null!;

    public PlatformOptions Options => new(Home);

    public static async Task<OpenPlatform> StartAsync()
    {
        var open = new OpenPlatform();
        await open.ReopenAsync();
        return open;
    }

    /// <summary>Ends this process's use of the catalog and starts anew.</summary>
    public async Task ReopenAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        Host = await PlatformHost.OpenAsync(Options, Time, NullLogger.Instance, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}

/// <summary>A clock that stands until it is moved. Its timers never ring.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2017, 3, 14, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SilentTimer();

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
