using Headwater.DuckDb.Appending;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Results;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Appends batches through one chunk that is filled again and again. The engine casts where the table's types differ.</summary>
internal sealed class BatchAppender(DuckDbAppender appender) : IDisposable
{
    private DuckDbChunk? _chunk;
    private ColumnType[] _types = [];
    private long _rows;

    public long Append(Batch batch)
    {
        var chunk = ChunkFor(batch);
        for (var start = 0; start < batch.RowCount; start += DuckDbDatabase.VectorSize)
        {
            var count = Math.Min(DuckDbDatabase.VectorSize, batch.RowCount - start);
            chunk.Reset();
            for (var index = 0; index < batch.Columns.Count; index++)
            {
                VectorFiller.Fill(chunk.Writer(index), batch.Columns[index], start, count);
            }

            chunk.RowCount = count;
            appender.Append(chunk);
        }

        return _rows += batch.RowCount;
    }

    public long Complete()
    {
        appender.Complete();
        return _rows;
    }

    public void Dispose()
    {
        _chunk?.Dispose();
        appender.Dispose();
    }

    private DuckDbChunk ChunkFor(Batch batch)
    {
        if (_chunk is null || !batch.Columns.Select(column => column.Type).SequenceEqual(_types))
        {
            _chunk?.Dispose();
            _types = [.. batch.Columns.Select(column => column.Type)];
            _chunk = DuckDbChunk.Create([.. _types.Select(DuckDbTypes.ToDuckDb)]);
        }

        return _chunk;
    }
}
