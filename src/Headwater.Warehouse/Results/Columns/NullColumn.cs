namespace Headwater.Warehouse.Results.Columns;

/// <summary>A column of nothing but nulls that never got a type.</summary>
public sealed class NullColumn(int length)
    : Column(new ColumnType(TypeKind.Null), length, new ulong[(length + 63) >> 6])
{
    protected override object? ValueCore(int row) => null;
}
