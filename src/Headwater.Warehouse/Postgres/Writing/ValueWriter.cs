using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Writes one value of a column with its length, as the table's column takes it. Never called for nulls.</summary>
internal delegate void ValueWriter(CopyBuffer buffer, int row);

/// <summary>The writer for a column of a batch and the type of the table's column that it goes to.</summary>
internal static class ValueWriters
{
    /// <exception cref="WarehouseException">The column of the table does not take values of this type.</exception>
    public static ValueWriter For(Column column, uint oid, string name) =>
        (PostgresOids.ElementOf(oid) is { } element ? ListWriter.For(column, element, name) : Scalar(column, oid))
        ?? throw new WarehouseException(
            WarehouseFailure.Statement,
            $"The column \"{name}\" of the table does not take values of the kind {column.Type.Kind}."
        );

    private static ValueWriter? Scalar(Column column, uint oid) =>
        oid switch
        {
            PostgresOids.Bool => FixedWriters.Boolean(column),
            PostgresOids.Int2 or PostgresOids.Int4 or PostgresOids.Int8 or PostgresOids.Oid => IntegerWriters.For(
                column,
                oid
            ),
            PostgresOids.Float4 => FixedWriters.Single(column),
            PostgresOids.Float8 => FixedWriters.Double(column),
            PostgresOids.Numeric => NumericWriters.For(column),
            PostgresOids.Bytea => FixedWriters.Blob(column),
            PostgresOids.Uuid => FixedWriters.Uuid(column),
            PostgresOids.Date => FixedWriters.Date(column),
            PostgresOids.Time => FixedWriters.Time(column),
            PostgresOids.TimeTz => FixedWriters.TimeTz(column),
            PostgresOids.Timestamp or PostgresOids.TimestampTz => FixedWriters.Timestamp(column),
            PostgresOids.Interval => FixedWriters.Interval(column),
            PostgresOids.Bit or PostgresOids.VarBit => FixedWriters.Bits(column),
            // The own types of a database have a binary form of text, or refuse what is sent.
            _ => TextWriters.For(column, oid),
        };
}
