namespace Headwater.Warehouse.Results.Columns;

/// <summary>Lists: each row is a run of consecutive values of <see cref="Elements"/>. Runs may overlap or leave values out.</summary>
public sealed class ListColumn(ColumnType type, int[] starts, int[] counts, Column elements, ulong[]? validity = null)
    : Column(type, starts.Length, validity)
{
    public ReadOnlySpan<int> Starts => starts;

    public ReadOnlySpan<int> Counts => counts;

    public Column Elements { get; } = elements;

    protected override object ValueCore(int row)
    {
        var values = new object?[counts[row]];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Elements.Value(starts[row] + index);
        }

        return values;
    }
}
