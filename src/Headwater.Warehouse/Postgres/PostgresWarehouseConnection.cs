using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres.Reading;
using Headwater.Warehouse.Postgres.Writing;
using Headwater.Warehouse.Results;
using Npgsql;
using ConnectionState = System.Data.ConnectionState;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// One session of the pool. A script without <c>BEGIN</c> is one transaction: all of it or nothing. Transactions see the database as of their
/// first statement (<c>REPEATABLE READ</c>), as they do with DuckDB.
/// </summary>
internal sealed class PostgresWarehouseConnection(
    NpgsqlConnection connection,
    NpgsqlDataSource sessions,
    PostgresTypeCatalog types
) : IWarehouseConnection
{
    private const string FailedTransaction = "25P02";

    private readonly int _process = connection.ProcessID;

    private PostgresResultReader? _reader;
    private bool _inTransaction;

    public async ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        cancellationToken.ThrowIfCancellationRequested();
        var statements = Statements(command);
        if (statements.Count == 0)
        {
            return 0;
        }

        await using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
        }

        foreach (var parameter in command.Parameters)
        {
            batch.BatchCommands[0].Parameters.Add(PostgresParameters.Of(parameter));
        }

        try
        {
            await using var insistent = Insist(cancellationToken);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException error)
        {
            var failed = FailedStatement(batch, statements, error);
            throw error.ToWarehouse(failed.Text, failed.Offset);
        }

        return RowsChanged(batch.BatchCommands[^1], statements[^1]);
    }

    public async ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken)
    {
        ThrowIfUnusable();
        cancellationToken.ThrowIfCancellationRequested();
        var statements = Statements(command);
        if (statements.Count != 1)
        {
            throw new WarehouseException(
                WarehouseFailure.Statement,
                $"One statement is expected here, not {statements.Count}."
            );
        }

        _reader = await ReadAsync(command, statements[0], asText: null, cancellationToken);
        return _reader;
    }

    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await this.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ", cancellationToken);
        _inTransaction = true;
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        _inTransaction = false;
        try
        {
            // The server answers a commit after a failed statement with a rollback, and calls that success: the query before it does not.
            await this.ExecuteAsync("SELECT 1; COMMIT", cancellationToken);
        }
        catch (WarehouseException error)
            when (error.InnerException is PostgresException { SqlState: FailedTransaction })
        {
            await RollbackAsync(CancellationToken.None);
            throw;
        }
    }

    public async ValueTask RollbackAsync(CancellationToken cancellationToken)
    {
        _inTransaction = false;
        await this.ExecuteAsync("ROLLBACK", cancellationToken);
    }

    public async ValueTask<long> AppendAsync(
        RelationName table,
        IAsyncEnumerable<Batch> batches,
        CancellationToken cancellationToken
    )
    {
        ThrowIfUnusable();
        try
        {
            await using var insistent = Insist(cancellationToken);
            return await TableCopy.AppendAsync(connection, table, batches, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw error.ToWarehouse();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        // Back in the pool the session is reset: what is open is rolled back, temporary tables go.
        await connection.DisposeAsync();
    }

    private async ValueTask<PostgresResultReader> ReadAsync(
        SqlCommand command,
        PostgresStatement statement,
        bool[]? asText,
        CancellationToken cancellationToken
    )
    {
        var running = new NpgsqlCommand(statement.Text, connection) { UnknownResultTypeList = asText };
        foreach (var parameter in command.Parameters)
        {
            running.Parameters.Add(PostgresParameters.Of(parameter));
        }

        NpgsqlDataReader reader;
        try
        {
            await using var insistent = Insist(cancellationToken);
            reader = await running.ExecuteReaderAsync(cancellationToken);
        }
        catch (NpgsqlException error)
        {
            await running.DisposeAsync();
            throw error.ToWarehouse(statement.Text, statement.Offset);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }

        var readers = await ReadersAsync(reader, asText, cancellationToken);
        if (Array.TrueForAll(readers, found => found is not null))
        {
            return await PostgresResultReader.OpenAsync(
                running,
                reader,
                statement,
                readers!,
                _inTransaction,
                Insist,
                cancellationToken
            );
        }

        // Types that only the server can spell: asked again, with these as text.
        if (!_inTransaction)
        {
            running.Cancel();
        }

        await reader.DisposeAsync();
        await running.DisposeAsync();
        if (PostgresScript.MayWrite(command.Text))
        {
            throw new WarehouseException(
                WarehouseFailure.Statement,
                "The statement returns a column whose type cannot be read: cast it to text."
            );
        }

        return await ReadAsync(command, statement, [.. readers.Select(found => found is null)], cancellationToken);
    }

    private async ValueTask<ValueReader?[]> ReadersAsync(
        NpgsqlDataReader reader,
        bool[]? asText,
        CancellationToken cancellationToken
    )
    {
        var schema = reader.GetColumnSchema();
        var readers = new ValueReader?[reader.FieldCount];
        for (var index = 0; index < readers.Length; index++)
        {
            var column = schema[index];
            var isText = asText is not null && asText[index];
            if (isText)
            {
                readers[index] = new Reading.TextReader();
            }
            else if (
                PostgresTypes.ToColumnType(column.TypeOID, column.NumericPrecision, column.NumericScale) is { } type
            )
            {
                var hasPrecision =
                    column.NumericPrecision is not null && column.NumericPrecision <= PostgresTypes.MaxDigits;
                readers[index] = ValueReader.For(column.TypeOID, type, hasPrecision);
            }
            else if (await types.IsTextAsync(column.TypeOID, cancellationToken))
            {
                readers[index] = new Reading.TextReader();
            }
        }

        return readers;
    }

    private static IReadOnlyList<PostgresStatement> Statements(SqlCommand command) =>
        // With parameters there can be one statement only, and the server says so better than we could.
        command.Parameters.Count > 0
            ? [new PostgresStatement(command.Text, 0, "")]
            : PostgresScript.Split(command.Text);

    private static PostgresStatement FailedStatement(
        NpgsqlBatch batch,
        IReadOnlyList<PostgresStatement> statements,
        NpgsqlException error
    )
    {
        var place = error.BatchCommand is NpgsqlBatchCommand failed ? batch.BatchCommands.IndexOf(failed) : 0;
        return statements[Math.Max(0, place)];
    }

    private static long RowsChanged(NpgsqlBatchCommand command, PostgresStatement statement) =>
        command.StatementType switch
        {
            StatementType.Insert
            or StatementType.Update
            or StatementType.Delete
            or StatementType.Merge
            or StatementType.Copy
            or StatementType.CreateTableAs => (long)command.Rows,
            // A table made from a query answers like the query.
            StatementType.Select when statement.Keyword == "create" => (long)command.Rows,
            _ => 0,
        };

    private InsistentCancellation Insist(CancellationToken cancellationToken) =>
        new(sessions, _process, cancellationToken);

    // A statement that the server was too busy to stop is left behind with its session (and so is whatever transaction it was in).
    private void ThrowIfUnusable()
    {
        if (connection.State is ConnectionState.Closed or ConnectionState.Broken)
        {
            throw new WarehouseException(WarehouseFailure.Storage, "The session with the server has ended.");
        }

        if (_reader is { IsDisposed: false })
        {
            throw new InvalidOperationException("A reader of this connection is still open: dispose it first.");
        }
    }
}
