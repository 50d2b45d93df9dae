namespace Headwater.Warehouse.Postgres;

/// <summary>
/// Cancels a statement for certain. The driver asks the server once, and the server forgets a request that reaches it while the statement is only just
/// arriving: then it would run on to its end.
/// </summary>
internal static class Cancellation
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a statement; once the caller has left, asks the server to cancel it until it has ended.</summary>
    /// <param name="start">Starts it, with the token, so that the driver asks first.</param>
    /// <param name="cancel">Asks again. Does nothing if the statement has ended.</param>
    public static async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> start,
        Action cancel,
        CancellationToken cancellationToken
    )
    {
        var running = start(cancellationToken);
        var asking = Task.CompletedTask;
        var registration = cancellationToken.UnsafeRegister(_ => asking = AskAsync(running, cancel), null);
        try
        {
            return await running;
        }
        finally
        {
            // A request still on its way would hit the next statement.
            await registration.DisposeAsync();
            await asking;
        }
    }

    private static async Task AskAsync(Task running, Action cancel)
    {
        while (await Task.WhenAny(running, Task.Delay(Pause, CancellationToken.None)) != running)
        {
            await Task.Run(cancel, CancellationToken.None);
        }
    }
}
