namespace Headwater.Warehouse.Results.Building;

/// <summary>Makes a small result table by hand: <c>new ResultTableBuilder(("a", TypeKind.Int32)).Row(1).Row(2).Build()</c>.</summary>
public sealed class ResultTableBuilder
{
    private readonly ResultColumn[] _columns;
    private readonly List<object?[]> _rows = [];

    public ResultTableBuilder(params IEnumerable<(string Name, TypeKind Kind)> columns)
        : this(columns.Select(column => new ResultColumn(column.Name, new ColumnType(column.Kind)))) { }

    public ResultTableBuilder(IEnumerable<ResultColumn> columns) => _columns = [.. columns];

    /// <summary>Adds a row: one value for each column.</summary>
    /// <exception cref="ArgumentException">Another number of values than columns.</exception>
    public ResultTableBuilder Row(params object?[] values)
    {
        if (values.Length != _columns.Length)
        {
            throw new ArgumentException($"{values.Length} values for {_columns.Length} columns.", nameof(values));
        }

        _rows.Add(values);
        return this;
    }

    public ResultTable Build(bool truncated = false)
    {
        var columns = _columns.Select(
            (column, index) => ColumnFactory.Of(column.Type, [.. _rows.Select(row => row[index])])
        );
        return new ResultTable(_columns, [new Batch([.. columns], _rows.Count)], truncated);
    }
}
