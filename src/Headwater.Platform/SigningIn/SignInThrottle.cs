using System.Collections.Concurrent;

namespace Headwater.Platform.SigningIn;

/// <summary>
/// Slows guessing: after a few failures in a row a name, or an address, must wait, twice as long each time. Kept in memory: a restart forgives.
/// Safe for several threads.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int FreeAttempts = 5;
    private const int MostKeys = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long this key must still wait; zero if it may try.</summary>
    public TimeSpan WaitOf(string key)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < FreeAttempts)
        {
            return TimeSpan.Zero;
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(failures.Count - FreeAttempts, 10));
        var left = failures.Last + (wait < LongestWait ? wait : LongestWait) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Failed(string key)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(
            key,
            _ => new Failures(1, now),
            (_, before) => now - before.Last > LongestWait ? new Failures(1, now) : new Failures(before.Count + 1, now)
        );
        if (_failures.Count > MostKeys)
        {
            foreach (var (old, failures) in _failures)
            {
                if (now - failures.Last > LongestWait)
                {
                    _failures.TryRemove(old, out _);
                }
            }
        }
    }

    public void Succeeded(string key) => _failures.TryRemove(key, out _);

    private readonly record struct Failures(int Count, DateTimeOffset Last);
}
