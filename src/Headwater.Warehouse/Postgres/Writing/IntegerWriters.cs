using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Whole numbers of every width into the server's three.</summary>
internal static class IntegerWriters
{
    public static ValueWriter? For(Column column, uint oid) =>
        Reader(column) is not { } read
            ? null
            : oid switch
            {
                PostgresOids.Int2 => (buffer, row) =>
                {
                    buffer.Int32(2);
                    buffer.Int16((short)Within(read(row), short.MinValue, short.MaxValue));
                },
                PostgresOids.Int4 => (buffer, row) =>
                {
                    buffer.Int32(4);
                    buffer.Int32((int)Within(read(row), int.MinValue, int.MaxValue));
                },
                PostgresOids.Oid => (buffer, row) =>
                {
                    buffer.Int32(4);
                    buffer.Int32(unchecked((int)(uint)Within(read(row), uint.MinValue, uint.MaxValue)));
                },
                _ => (buffer, row) =>
                {
                    buffer.Int32(8);
                    buffer.Int64(read(row));
                },
            };

    /// <summary>The values of a column of whole numbers; null for any other.</summary>
    public static Func<int, long>? Reader(Column column) =>
        column switch
        {
            FixedColumn<long> { Type.Kind: TypeKind.Int64 } values => row => values.Values[row],
            FixedColumn<int> { Type.Kind: TypeKind.Int32 } values => row => values.Values[row],
            FixedColumn<short> values => row => values.Values[row],
            FixedColumn<sbyte> values => row => values.Values[row],
            FixedColumn<byte> { Type.Kind: TypeKind.UInt8 } values => row => values.Values[row],
            FixedColumn<ushort> values => row => values.Values[row],
            FixedColumn<uint> values => row => values.Values[row],
            FixedColumn<ulong> values => row => Within(values.Values[row], long.MinValue, long.MaxValue),
            FixedColumn<Int128> values => row => Within(values.Values[row], long.MinValue, long.MaxValue),
            DecimalColumn { Type.Scale: 0 } values => row => Within(values.Unscaled(row), long.MinValue, long.MaxValue),
            _ => null,
        };

    private static long Within(Int128 value, long least, long most) =>
        value >= least && value <= most
            ? (long)value
            : throw new WarehouseException(WarehouseFailure.Data, $"The number {value} does not fit its column.");
}
