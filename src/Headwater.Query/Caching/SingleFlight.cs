namespace Headwater.Query.Caching;

/// <summary>
/// Runs identical work that is asked for at the same time once. The work goes on while anyone still waits for it, and is cancelled when the last one
/// has left. Safe for several threads.
/// </summary>
internal sealed class SingleFlight<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Flight> _flights = [];

    /// <summary>The result of <paramref name="work"/>, started now or joined.</summary>
    /// <exception cref="OperationCanceledException">This caller left.</exception>
    public async Task<TResult> RunAsync(
        TKey key,
        Func<CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken
    )
    {
        Flight? flight;
        lock (_gate)
        {
            if (!_flights.TryGetValue(key, out flight))
            {
                flight = new Flight();
                _flights[key] = flight;
                var started = flight;
                // Off the caller's path, so that the first asker's leaving cannot take the work along.
                flight.Result = Task.Run(() => FlyAsync(key, started, work), CancellationToken.None);
            }

            flight.Waiting++;
        }

        try
        {
            return await flight.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private async Task<TResult> FlyAsync(TKey key, Flight flight, Func<CancellationToken, Task<TResult>> work)
    {
        try
        {
            return await work(flight.Cancellation.Token);
        }
        finally
        {
            lock (_gate)
            {
                Forget(key, flight);
            }
        }
    }

    private void Leave(TKey key, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiting > 0)
            {
                return;
            }

            Forget(key, flight);
            if (!flight.Result.IsCompleted)
            {
                flight.Cancellation.Cancel();
            }
        }
    }

    private void Forget(TKey key, Flight flight)
    {
        if (_flights.TryGetValue(key, out var current) && current == flight)
        {
            _flights.Remove(key);
        }
    }

    private sealed class Flight
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public Task<TResult> Result { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
