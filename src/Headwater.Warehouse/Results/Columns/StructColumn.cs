namespace Headwater.Warehouse.Results.Columns;

/// <summary>Structs: one column of the same length for each member, in the order of <see cref="ColumnType.Fields"/>.</summary>
public sealed class StructColumn(ColumnType type, IReadOnlyList<Column> members, int length, ulong[]? validity = null)
    : Column(type, length, validity)
{
    public IReadOnlyList<Column> Members { get; } = members;

    /// <summary>An ordered dictionary from member to value.</summary>
    protected override object ValueCore(int row)
    {
        var value = new OrderedDictionary<string, object?>(Members.Count, StringComparer.Ordinal);
        for (var index = 0; index < Members.Count; index++)
        {
            value[Type.Fields[index].Name] = Members[index].Value(row);
        }

        return value;
    }
}
