using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Statements;
using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.DuckDb;

/// <summary>One session. The engine's calls block, so they run on the thread pool; how many do at once is bounded by admission.</summary>
internal sealed class DuckDbWarehouseConnection(DuckDbConnection connection) : IWarehouseConnection
{
    private DuckDbResultReader? _reader;
    private bool _inTransaction;

    public ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken) =>
        RunAsync(() => Execute(command, cancellationToken), cancellationToken);

    public async ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken)
    {
        _reader = await RunAsync(() => Read(command, cancellationToken), cancellationToken);
        return _reader;
    }

    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await this.ExecuteAsync("BEGIN TRANSACTION", cancellationToken);
        _inTransaction = true;
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        // Also a commit that fails ends the transaction.
        _inTransaction = false;
        await this.ExecuteAsync("COMMIT", cancellationToken);
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
        // The appender flushes as it goes: without a transaction a failure would leave part of the rows.
        var ownTransaction = !_inTransaction;
        if (ownTransaction)
        {
            await BeginAsync(cancellationToken);
        }

        try
        {
            var rows = await AppendAllAsync(table, batches, cancellationToken);
            if (ownTransaction)
            {
                await CommitAsync(cancellationToken);
            }

            return rows;
        }
        catch when (ownTransaction && _inTransaction)
        {
            await RollbackAsync(CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        connection.Dispose();
    }

    private async ValueTask<long> AppendAllAsync(
        RelationName table,
        IAsyncEnumerable<Batch> batches,
        CancellationToken cancellationToken
    )
    {
        using var appender = await RunAsync(
            () => new BatchAppender(connection.Append(null, table.Schema, table.Name)),
            cancellationToken
        );
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await RunAsync(() => appender.Append(batch), cancellationToken);
        }

        return await RunAsync(appender.Complete, cancellationToken);
    }

    private long Execute(SqlCommand command, CancellationToken cancellationToken)
    {
        if (command.Parameters.Count > 0)
        {
            using var statement = Prepare(command);
            return Drain(statement, cancellationToken);
        }

        long changed = 0;
        foreach (var statement in connection.PrepareScript(command.Text))
        {
            changed = Drain(statement, cancellationToken);
        }

        return changed;
    }

    // Rows that nobody reads are streamed past, so that they never fill memory.
    private static long Drain(DuckDbStatement statement, CancellationToken cancellationToken)
    {
        if (statement.Kind != DuckDbStatementKind.Select)
        {
            using var finished = statement.Execute(cancellationToken);
            return finished.RowsChanged;
        }

        using var result = statement.ExecuteStreaming(cancellationToken);
        while (result.Fetch(cancellationToken) is { } chunk)
        {
            chunk.Dispose();
        }

        return 0;
    }

    private DuckDbResultReader Read(SqlCommand command, CancellationToken cancellationToken)
    {
        var statement = Prepare(command);
        try
        {
            return new DuckDbResultReader(connection, statement, statement.ExecuteStreaming(cancellationToken));
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private DuckDbStatement Prepare(SqlCommand command)
    {
        DuckDbStatement statement;
        try
        {
            statement = connection.Prepare(command.Text);
        }
        catch (DuckDbException error) when (error.Kind == DuckDbErrorKind.InvalidInput)
        {
            // While preparing, the only input is the text: no statement, or several.
            throw new WarehouseException(WarehouseFailure.Statement, error.Message, error.Position, error);
        }

        ParameterBinder.Bind(statement, command.Parameters);
        return statement;
    }

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (_reader is { IsDisposed: false })
        {
            throw new InvalidOperationException("A reader of this connection is still open: dispose it first.");
        }

        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (DuckDbException error)
        {
            throw error.ToWarehouse();
        }
    }
}
