using Npgsql;
using NpgsqlTypes;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// Sees to it that a cancelled statement ends on the server. The driver asks once; a request that arrives before the server has begun with the statement is lost, and the
/// statement would run on for as long as it takes. So the server is asked again, by another session, until the statement has ended. Dispose it then: what comes
/// next in the session is not meant.
/// </summary>
internal sealed class InsistentCancellation : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlDataSource _sessions;
    private readonly int _process;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _insisting = Task.CompletedTask;

    /// <param name="sessions">Where another session comes from.</param>
    /// <param name="process">The server's process behind the session of the statement.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public InsistentCancellation(NpgsqlDataSource sessions, int process, CancellationToken cancellationToken)
    {
        _sessions = sessions;
        _process = process;
        _registration = cancellationToken.Register(() => _insisting = Task.Run(InsistAsync, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _ended.CancelAsync();
        await _insisting;
        _ended.Dispose();
    }

    private async Task InsistAsync()
    {
        try
        {
            while (true)
            {
                // The driver's own request mostly does.
                await Task.Delay(Pause, _ended.Token);
                await using var connection = await _sessions.OpenConnectionAsync(_ended.Token);
                // The user that signed in may stop their own sessions, whatever role these have taken on.
                await using var transaction = await connection.BeginTransactionAsync(_ended.Token);
                await ExecuteAsync(connection, "SET LOCAL ROLE NONE");
                await ExecuteAsync(connection, "SELECT pg_cancel_backend($1)", _process);
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
        catch (NpgsqlException)
        {
            // The server is away, or gives no further session: the driver gives the statement up by itself after a while.
        }
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, int? process = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (process is { } number)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = number, NpgsqlDbType = NpgsqlDbType.Integer });
        }

        await command.ExecuteNonQueryAsync(_ended.Token);
    }
}
