using System.Numerics;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

internal sealed class JsonNullCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output) => output.Write("null"u8);
}

internal sealed class JsonBooleanCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        output.Write(((FixedColumn<byte>)column).Values[row] != 0 ? "true"u8 : "false"u8);
}

internal sealed class JsonNumberCell<T> : JsonCell
    where T : unmanaged, IBinaryInteger<T>
{
    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        output.Format(((FixedColumn<T>)column).Values[row]);
}

internal sealed class JsonInt32Cell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        output.Format(((FixedColumn<int>)column).Values[row]);
}

internal sealed class JsonInt64Cell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var value = ((FixedColumn<long>)column).Values[row];
        if (value is >= -JsonWriter.MaxSafeInteger and <= JsonWriter.MaxSafeInteger)
        {
            output.Format(value);
            return;
        }

        output.Write((byte)'"');
        output.Format(value);
        output.Write((byte)'"');
    }
}

internal sealed class JsonLargeCell<T> : JsonCell
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly T Highest = T.CreateChecked(JsonWriter.MaxSafeInteger);
    private static readonly T Lowest = T.IsZero(T.MinValue) ? T.Zero : T.CreateSaturating(-JsonWriter.MaxSafeInteger);

    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var value = ((FixedColumn<T>)column).Values[row];
        if (value >= Lowest && value <= Highest)
        {
            output.Format(long.CreateChecked(value));
            return;
        }

        output.Write((byte)'"');
        output.Format(value);
        output.Write((byte)'"');
    }
}

internal sealed class JsonFloatCell<T> : JsonCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var value = ((FixedColumn<T>)column).Values[row];
        if (T.IsFinite(value))
        {
            output.Format(value);
        }
        else
        {
            output.Write("null"u8);
        }
    }
}

internal sealed class JsonDecimalCell(int scale) : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var unscaled = ((DecimalColumn)column).Unscaled(row);
        var quoted = !DecimalText.HasAtMostFifteenDigits(unscaled);
        if (quoted)
        {
            output.Write((byte)'"');
        }

        output.Advance(DecimalText.Write(unscaled, scale, output.Reserve(DecimalText.MaxLength)));
        if (quoted)
        {
            output.Write((byte)'"');
        }
    }
}
