namespace Headwater.Query.Admission;

/// <summary>Lets a bounded number of questions run at once and a bounded number wait, in order. Safe for several threads.</summary>
internal sealed class AdmissionQueue(int concurrency, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrency);
    private int _waiting;

    /// <summary>Waits for a place; dispose the result to give it back.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5303: too many wait already.</exception>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > waiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw QueryDiagnostics.Busy.With().ToException();
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Place(_places);
    }

    public void Dispose() => _places.Dispose();

    internal readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
