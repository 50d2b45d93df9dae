namespace Headwater.Query.Admission;

/// <summary>Lets a bounded number of questions run at once and a bounded number wait, in order. Safe for several threads.</summary>
internal sealed class AdmissionQueue(int concurrency, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrency);
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _waiting;
    private int _present;

    /// <summary>Waits for a place; dispose the result to give it back.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5303: too many wait already.</exception>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > waiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw QueryDiagnostics.Busy.With().ToException();
        }

        Come();
        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        catch
        {
            Go();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Place(this);
    }

    /// <summary>Waits until no question runs or waits. The next may come at any time after.</summary>
    public Task IdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_present == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _places.Dispose();

    private void Come()
    {
        lock (_gate)
        {
            _present++;
        }
    }

    private void Go()
    {
        lock (_gate)
        {
            if (--_present == 0)
            {
                _idle?.SetResult();
                _idle = null;
            }
        }
    }

    internal readonly struct Place(AdmissionQueue queue) : IDisposable
    {
        public void Dispose()
        {
            queue._places.Release();
            queue.Go();
        }
    }
}
