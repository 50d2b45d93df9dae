using System.Globalization;
using System.Text.Json;
using Headwater.Platform;

namespace Headwater.Cli.CommandLine;

/// <summary>
/// The right to a home folder, whose files belong to one process at a time: a second command waits, and says for whom. The operating
/// system takes the lock from a process that dies.
/// </summary>
internal sealed class HomeLock : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _lock;

    private HomeLock(FileStream locked) => _lock = locked;

    /// <summary>Takes the lock, when it is free.</summary>
    /// <param name="home">The home folder; made if absent.</param>
    /// <param name="command">What to tell others that wait.</param>
    /// <param name="told">Where to say that this one waits.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW9103: it is held for too long; HW7004: it cannot be made or written.</exception>
    public static async Task<HomeLock> TakeAsync(
        string home,
        string command,
        TextWriter told,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        PrivateFolder.Create(home);
        var start = time.GetTimestamp();
        var isTold = false;
        while (true)
        {
            if (TryTake(home) is { } locked)
            {
                Tell(home, command, time);
                return new HomeLock(locked);
            }

            var holder = Holder(home);
            if (time.GetElapsedTime(start) > LongestWait)
            {
                throw CliDiagnostics.HomeHeld.With(home, holder).ToException();
            }

            if (!isTold)
            {
                await told.WriteLineAsync($"waiting for {holder}");
                isTold = true;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Takes the lock of a home folder that is there, if nobody holds it; else gives null.</summary>
    public static HomeLock? TakeIfFree(string home, string command)
    {
        if (!Directory.Exists(home) || TryTake(home) is not { } locked)
        {
            return null;
        }

        Tell(home, command, TimeProvider.System);
        return new HomeLock(locked);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryTake(string home)
    {
        try
        {
            return new FileStream(
                Path.Combine(home, "home.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (UnauthorizedAccessException problem)
        {
            throw PlatformDiagnostics.HomeUnusable.With(home, problem.Message).ToException(problem);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Tell(string home, string command, TimeProvider time)
    {
        var since = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var holder = $"process {Environment.ProcessId} of {Environment.UserName} ('{command}', since {since})";
        // Each command does this first: the serializer takes longer to start than most of what follows.
        File.WriteAllText(Path.Combine(home, "holder.json"), $"\"{JsonEncodedText.Encode(holder)}\"");
    }

    // What another process is about to write may be read too early.
    private static string Holder(string home)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(File.ReadAllText(Path.Combine(home, "holder.json")))
                ?? "another process";
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return "another process";
        }
    }
}
