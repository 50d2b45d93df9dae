using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// Sees to it that what other processes publish in the same database is seen here: reads the versions again and again. Whoever publishes in this process reads them
/// at once, without waiting for it.
/// </summary>
internal sealed class VersionWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public VersionWatch(Func<CancellationToken, ValueTask> refresh, TimeSpan interval, TimeProvider time) =>
        _loop = Task.Run(() => RunAsync(refresh, interval, time), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, ValueTask> refresh, TimeSpan interval, TimeProvider time)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await refresh(_stop.Token);
                }
                catch (WarehouseException)
                {
                    // The server is away: questions say so, and the next round may find it back.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }
}
