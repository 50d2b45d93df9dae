using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>Excel's day numbers: 61 is 1900-03-01; before it Excel has a leap day that never was.</summary>
internal static class ExcelDays
{
    private const int DaysTo1970 = 25_569;
    private const int First = 61;
    private const int Last = 2_958_465;

    public static bool Holds(long days) => days + DaysTo1970 is >= First and <= Last;

    public static double Of(long days) => days + DaysTo1970;
}

internal sealed class XlsxDateCell : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var days = ((FixedColumn<int>)column).Values[row];
        if (!ExcelDays.Holds(days))
        {
            Span<byte> text = stackalloc byte[IsoText.MaxLength];
            WriteText(text[..IsoText.WriteDate(days, text)], place, output);
            return;
        }

        BeginNumber(place, XlsxPackage.DateStyle, output);
        output.Format(ExcelDays.Of(days));
        EndNumber(output);
    }
}

internal sealed class XlsxTimeCell : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        BeginNumber(place, XlsxPackage.TimeStyle, output);
        output.Format(((FixedColumn<long>)column).Values[row] / (double)Instants.MicrosPerDay);
        EndNumber(output);
    }
}

internal sealed class XlsxTimestampCell(bool zoned) : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var micros = ((FixedColumn<long>)column).Values[row];
        var days = (long)Math.Floor(micros / (double)Instants.MicrosPerDay);
        if (!ExcelDays.Holds(days))
        {
            Span<byte> text = stackalloc byte[IsoText.MaxLength];
            WriteText(text[..IsoText.WriteTimestamp(micros, text, (byte)' ', zoned)], place, output);
            return;
        }

        BeginNumber(place, XlsxPackage.TimestampStyle, output);
        var time = micros - (days * Instants.MicrosPerDay);
        output.Format(ExcelDays.Of(days) + (time / (double)Instants.MicrosPerDay));
        EndNumber(output);
    }
}
