using System.Globalization;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Numbers of every type as <c>numeric</c>. The column's own precision and scale are the server's to check: it rounds as SQL does.</summary>
internal static class NumericWriters
{
    public static ValueWriter? For(Column column) =>
        column switch
        {
            DecimalColumn values => (buffer, row) => Write(buffer, values.Unscaled(row), values.Type.Scale),
            FixedColumn<Int128> values => (buffer, row) => Write(buffer, values.Values[row], 0),
            FixedColumn<UInt128> values => (buffer, row) => Write(buffer, values.Values[row], isNegative: false, 0),
            FixedColumn<ulong> values => (buffer, row) => Write(buffer, values.Values[row], isNegative: false, 0),
            FixedColumn<double> values => (buffer, row) => Write(buffer, values.Values[row]),
            FixedColumn<float> values => (buffer, row) => Write(buffer, values.Values[row]),
            _ when IntegerWriters.Reader(column) is { } read => (buffer, row) => Write(buffer, read(row), 0),
            _ => null,
        };

    private static void Write(CopyBuffer buffer, Int128 unscaled, int scale) =>
        Write(buffer, (UInt128)Int128.Abs(unscaled), Int128.IsNegative(unscaled), scale);

    private static void Write(CopyBuffer buffer, UInt128 size, bool isNegative, int scale)
    {
        var start = buffer.BeginValue();
        var written = PostgresNumerics.Write(size, isNegative, scale, buffer.Take(PostgresNumerics.MaxBytes));
        buffer.Trim(start + written);
        buffer.EndValue(start);
    }

    // The digits that the number is written with, not the ones that its bits stand for.
    private static void Write(CopyBuffer buffer, double value)
    {
        var number = decimal.Parse(
            value.ToString("R", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture
        );
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var size = ((UInt128)(uint)parts[2] << 64) | ((UInt128)(uint)parts[1] << 32) | (uint)parts[0];
        Write(buffer, size, number < 0, number.Scale);
    }
}
