using System.Numerics;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

internal sealed class XlsxBooleanCell : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        output.Write("<c r=\""u8);
        output.Write(place.Letters);
        output.Format(place.Row);
        output.Write("\" t=\"b\"><v>"u8);
        output.Write(((FixedColumn<byte>)column).Values[row] != 0 ? (byte)'1' : (byte)'0');
        EndNumber(output);
    }
}

internal sealed class XlsxNumberCell<T> : XlsxCell
    where T : unmanaged, IBinaryInteger<T>
{
    // Saturates for small types, whose every value fits.
    private static readonly T Highest = T.CreateSaturating(DecimalText.FifteenDigits);
    private static readonly T Lowest = T.CreateSaturating(-DecimalText.FifteenDigits);

    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var value = ((FixedColumn<T>)column).Values[row];
        if (value < Lowest || value > Highest)
        {
            WriteText(Encoding.ASCII.GetBytes(value.ToString()!), place, output);
            return;
        }

        BeginNumber(place, style: 0, output);
        output.Format(value);
        EndNumber(output);
    }
}

internal sealed class XlsxFloatCell<T> : XlsxCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var value = ((FixedColumn<T>)column).Values[row];
        if (!T.IsFinite(value))
        {
            WriteText(Encoding.ASCII.GetBytes(value.ToString()!), place, output);
            return;
        }

        BeginNumber(place, style: 0, output);
        output.Format(value);
        EndNumber(output);
    }
}

internal sealed class XlsxDecimalCell(int scale) : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var unscaled = ((DecimalColumn)column).Unscaled(row);
        if (!DecimalText.HasAtMostFifteenDigits(unscaled))
        {
            Span<byte> text = stackalloc byte[DecimalText.MaxLength];
            WriteText(text[..DecimalText.Write(unscaled, scale, text)], place, output);
            return;
        }

        BeginNumber(place, style: 0, output);
        output.Advance(DecimalText.Write(unscaled, scale, output.Reserve(DecimalText.MaxLength)));
        EndNumber(output);
    }
}
