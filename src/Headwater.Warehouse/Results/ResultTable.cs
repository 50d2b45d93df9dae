namespace Headwater.Warehouse.Results;

/// <summary>A whole result, typed and columnar, as the batches in which the engine gave it. Immutable and safe for several threads.</summary>
public sealed class ResultTable
{
    public ResultTable(IReadOnlyList<ResultColumn> columns, IReadOnlyList<Batch> batches, bool truncated = false)
    {
        Columns = columns;
        Batches = batches;
        Truncated = truncated;
        foreach (var batch in batches)
        {
            RowCount += batch.RowCount;
        }
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    public IReadOnlyList<Batch> Batches { get; }

    public long RowCount { get; }

    /// <summary>True if a row or byte limit cut the result short.</summary>
    public bool Truncated { get; }

    /// <summary>One value as a .NET object (see <see cref="Column.Value"/>). Walks the batches: not for hot paths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row or column.</exception>
    public object? Value(long row, int column)
    {
        var left = row;
        foreach (var batch in Batches)
        {
            if (left < batch.RowCount)
            {
                return batch.Columns[column].Value((int)left);
            }

            left -= batch.RowCount;
        }

        throw new ArgumentOutOfRangeException(nameof(row), row, $"The result has {RowCount} rows.");
    }

    /// <summary>The place of a column by name, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (string.Equals(Columns[index].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}
