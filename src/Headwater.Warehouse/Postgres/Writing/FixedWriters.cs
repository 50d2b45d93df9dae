using System.Buffers.Binary;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Values that have one binary form each. Null where the column holds something else.</summary>
internal static class FixedWriters
{
    public static ValueWriter? Boolean(Column column) =>
        column is FixedColumn<byte> { Type.Kind: TypeKind.Boolean } values
            ? (buffer, row) =>
            {
                buffer.Int32(1);
                buffer.Take(1)[0] = values.Values[row];
            }
            : null;

    public static ValueWriter? Single(Column column) =>
        Floating(column) is { } read
            ? (buffer, row) =>
            {
                buffer.Int32(4);
                BinaryPrimitives.WriteSingleBigEndian(buffer.Take(4), (float)read(row));
            }
            : null;

    public static ValueWriter? Double(Column column) =>
        Floating(column) is { } read
            ? (buffer, row) =>
            {
                buffer.Int32(8);
                BinaryPrimitives.WriteDoubleBigEndian(buffer.Take(8), read(row));
            }
            : null;

    public static ValueWriter? Blob(Column column) =>
        column is BlobColumn values
            ? (buffer, row) =>
            {
                var value = values.Blob(row);
                buffer.Int32(value.Length);
                buffer.Bytes(value);
            }
            : null;

    public static ValueWriter? Uuid(Column column) =>
        column is FixedColumn<Guid> values
            ? (buffer, row) =>
            {
                buffer.Int32(16);
                values.Values[row].TryWriteBytes(buffer.Take(16), bigEndian: true, out _);
            }
            : null;

    public static ValueWriter? Date(Column column) =>
        column is FixedColumn<int> { Type.Kind: TypeKind.Date } values
            ? (buffer, row) =>
            {
                buffer.Int32(4);
                buffer.Int32(BinaryForms.ToDate(values.Values[row]));
            }
            : null;

    public static ValueWriter? Time(Column column) =>
        column is FixedColumn<long> { Type.Kind: TypeKind.Time } values
            ? (buffer, row) =>
            {
                buffer.Int32(8);
                buffer.Int64(values.Values[row]);
            }
            : null;

    public static ValueWriter? TimeTz(Column column) =>
        column is FixedColumn<OffsetTime> values
            ? (buffer, row) =>
            {
                buffer.Int32(12);
                buffer.Int64(values.Values[row].Micros);
                buffer.Int32(-values.Values[row].OffsetSeconds);
            }
            : null;

    public static ValueWriter? Timestamp(Column column) =>
        column switch
        {
            FixedColumn<long> { Type.Kind: TypeKind.Timestamp or TypeKind.TimestampTz } values => (buffer, row) =>
            {
                buffer.Int32(8);
                buffer.Int64(BinaryForms.ToTimestamp(values.Values[row]));
            },
            FixedColumn<int> { Type.Kind: TypeKind.Date } values => (buffer, row) =>
            {
                var days = values.Values[row];
                buffer.Int32(8);
                buffer.Int64(
                    BinaryForms.ToTimestamp(
                        days == int.MaxValue ? long.MaxValue
                        : days == -int.MaxValue ? -long.MaxValue
                        : days * Instants.MicrosPerDay
                    )
                );
            },
            _ => null,
        };

    public static ValueWriter? Interval(Column column) =>
        column is FixedColumn<Interval> values
            ? (buffer, row) =>
            {
                buffer.Int32(16);
                buffer.Int64(values.Values[row].Micros);
                buffer.Int32(values.Values[row].Days);
                buffer.Int32(values.Values[row].Months);
            }
            : null;

    public static ValueWriter? Bits(Column column) =>
        column is TextColumn { Type.Kind: TypeKind.Bit } values
            ? (buffer, row) =>
            {
                var digits = values.Utf8(row);
                var bytes = (digits.Length + 7) / 8;
                buffer.Int32(4 + bytes);
                buffer.Int32(digits.Length);
                var target = buffer.Take(bytes);
                target.Clear();
                for (var index = 0; index < digits.Length; index++)
                {
                    target[index / 8] |= (byte)((digits[index] - '0') << (7 - (index % 8)));
                }
            }
            : null;

    private static Func<int, double>? Floating(Column column) =>
        column switch
        {
            FixedColumn<double> values => row => values.Values[row],
            FixedColumn<float> values => row => values.Values[row],
            DecimalColumn values => row => (double)values.Unscaled(row) / Math.Pow(10, values.Type.Scale),
            _ when IntegerWriters.Reader(column) is { } read => row => read(row),
            _ => null,
        };
}
