namespace Headwater.Warehouse.Results.Columns;

/// <summary>Maps: each row is a run of consecutive pairs of <see cref="Keys"/> and <see cref="Values"/>. Keys are never null.</summary>
public sealed class MapColumn(
    ColumnType type,
    int[] starts,
    int[] counts,
    Column keys,
    Column values,
    ulong[]? validity = null
) : Column(type, starts.Length, validity)
{
    public ReadOnlySpan<int> Starts => starts;

    public ReadOnlySpan<int> Counts => counts;

    public Column Keys { get; } = keys;

    public Column Values { get; } = values;

    /// <summary>An array of pairs, in the engine's order.</summary>
    protected override object ValueCore(int row)
    {
        var pairs = new KeyValuePair<object, object?>[counts[row]];
        for (var index = 0; index < pairs.Length; index++)
        {
            var place = starts[row] + index;
            pairs[index] = new KeyValuePair<object, object?>(Keys.Value(place)!, Values.Value(place));
        }

        return pairs;
    }
}
