using System.Runtime.CompilerServices;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Streams a result. The next batch is computed while the caller works on the last one, so at most two are held.</summary>
internal sealed class DuckDbResultReader : IResultReader
{
    private readonly DuckDbConnection _connection;
    private readonly DuckDbStatement _statement;
    private readonly DuckDbResult _result;
    private readonly ResultColumn[] _columns;
    private Task<Batch?>? _ahead;

    public DuckDbResultReader(DuckDbConnection connection, DuckDbStatement statement, DuckDbResult result)
    {
        _connection = connection;
        _statement = statement;
        _result = result;
        try
        {
            _columns =
            [
                .. result.Columns.Select(column => new ResultColumn(
                    column.Name,
                    DuckDbTypes.ToColumnType(column.Type)
                )),
            ];
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public IReadOnlyList<ResultColumn> Columns => _columns;

    public bool IsDisposed { get; private set; }

    public async IAsyncEnumerable<Batch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        _ahead ??= Task.Run(() => Fetch(cancellationToken), CancellationToken.None);
        while (await _ahead is { } batch)
        {
            _ahead = Task.Run(() => Fetch(cancellationToken), CancellationToken.None);
            yield return batch;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsDisposed)
        {
            return;
        }

        IsDisposed = true;
        if (_ahead is { IsCompleted: false })
        {
            _connection.Interrupt();
        }

        if (_ahead is not null)
        {
            // Whoever stops early is not interested in how the batch ahead would have failed.
            await ((Task)_ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _result.Dispose();
        _statement.Dispose();
    }

    private Batch? Fetch(CancellationToken cancellationToken)
    {
        try
        {
            using var chunk = _result.Fetch(cancellationToken);
            return chunk is null || chunk.RowCount == 0 ? null : Copy(chunk);
        }
        catch (DuckDbException error)
        {
            throw error.ToWarehouse();
        }
    }

    private Batch Copy(DuckDbChunk chunk)
    {
        var columns = new Column[_columns.Length];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = VectorReader.Read(chunk.Vector(index), _result.Columns[index].Type, _columns[index].Type);
        }

        return new Batch(columns, chunk.RowCount);
    }
}
