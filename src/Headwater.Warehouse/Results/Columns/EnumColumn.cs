namespace Headwater.Warehouse.Results.Columns;

/// <summary>Labels as codes into <see cref="ColumnType.Labels"/>.</summary>
public sealed class EnumColumn(ColumnType type, int[] codes, ulong[]? validity = null)
    : Column(type, codes.Length, validity)
{
    public ReadOnlySpan<int> Codes => codes;

    public string Label(int row) => Type.Labels[codes[row]];

    protected override object ValueCore(int row) => Label(row);
}
