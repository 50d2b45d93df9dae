namespace Headwater.Warehouse.Results.Columns;

/// <summary>
/// Values of one size, as an array: bool as <see cref="byte"/> (0 or 1), the integer and floating types as themselves, UUID as
/// <see cref="Guid"/>, date as <see cref="int"/> days since 1970-01-01, time and both timestamps as <see cref="long"/> microseconds
/// (since midnight, since 1970-01-01), time with offset as <see cref="OffsetTime"/>, interval as <see cref="Interval"/>.
/// </summary>
public sealed class FixedColumn<T>(ColumnType type, T[] values, ulong[]? validity = null)
    : Column(type, values.Length, validity)
    where T : unmanaged
{
    public ReadOnlySpan<T> Values => values;

    protected override object ValueCore(int row) =>
        values[row] switch
        {
            byte value when Type.Kind == TypeKind.Boolean => value != 0,
            int days when Type.Kind == TypeKind.Date => Instants.DateValue(days),
            long micros when Type.Kind == TypeKind.Time => Instants.TimeValue(micros),
            long micros when Type.Kind is TypeKind.Timestamp or TypeKind.TimestampTz => Instants.TimestampValue(
                micros,
                Type.Kind == TypeKind.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified
            ),
            var value => value,
        };
}
