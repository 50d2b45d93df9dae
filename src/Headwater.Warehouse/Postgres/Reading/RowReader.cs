using Headwater.Warehouse.Results;
using Npgsql;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Takes rows apart into the readers of their columns. Values stay in their binary form up to there: none is boxed.</summary>
internal sealed class RowReader(IReadOnlyList<ValueReader> columns)
{
    private byte[] _buffer = new byte[256];
    private long _bytes;
    private int _rows;

    public int Rows => _rows;

    /// <summary>Bytes of the values since the last build.</summary>
    public long Bytes => _bytes;

    public void Add(NpgsqlDataReader row)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (row.IsDBNull(index))
            {
                columns[index].AddNull();
            }
            else
            {
                columns[index].Add(Value(row, index));
            }
        }

        _rows++;
    }

    public Batch Build()
    {
        var batch = new Batch([.. columns.Select(column => column.Build())], _rows);
        _rows = 0;
        _bytes = 0;
        return batch;
    }

    private ReadOnlySpan<byte> Value(NpgsqlDataReader row, int index)
    {
        var length = (int)row.GetBytes(index, 0, _buffer, 0, _buffer.Length);
        if (length == _buffer.Length)
        {
            // It may go on behind the buffer.
            var whole = (int)row.GetBytes(index, 0, null, 0, 0);
            if (whole > _buffer.Length)
            {
                _buffer = new byte[Math.Max(whole, _buffer.Length * 2)];
                length = (int)row.GetBytes(index, 0, _buffer, 0, _buffer.Length);
            }
        }

        _bytes += length;
        return _buffer.AsSpan(0, length);
    }
}
