using System.Runtime.InteropServices;
using System.Text;

namespace Headwater.Warehouse.Results.Columns;

/// <summary>A span of calendar and clock time. The parts are not converted into each other: a month has no fixed days.</summary>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Micros">Microseconds.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Interval(int Months, int Days, long Micros)
{
    /// <summary>As an ISO 8601 duration such as <c>P1Y2M3DT4H5M6.5S</c>; parts of opposite signs keep theirs.</summary>
    public override string ToString()
    {
        if (this == default)
        {
            return "PT0S";
        }

        var text = new StringBuilder("P");
        Part(text, Months / 12, 'Y');
        Part(text, Months % 12, 'M');
        Part(text, Days, 'D');
        if (Micros != 0)
        {
            text.Append('T');
            Part(text, Micros / 3_600_000_000, 'H');
            Part(text, Micros / 60_000_000 % 60, 'M');
            var rest = Micros % 60_000_000;
            if (rest != 0)
            {
                text.Append((rest / 1_000_000m).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture))
                    .Append('S');
            }
        }

        return text.ToString();
    }

    private static void Part(StringBuilder text, long value, char unit)
    {
        if (value != 0)
        {
            text.Append(value).Append(unit);
        }
    }
}

/// <summary>A time of day with its offset from UTC.</summary>
/// <param name="Micros">Local time of day in microseconds.</param>
/// <param name="OffsetSeconds">Seconds east of UTC.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct OffsetTime(long Micros, int OffsetSeconds)
{
    public override string ToString()
    {
        Span<byte> target = stackalloc byte[IsoText.MaxLength];
        var length = IsoText.WriteTime(Micros, target);
        length += IsoText.WriteOffset(OffsetSeconds, target[length..]);
        return Encoding.ASCII.GetString(target[..length]);
    }
}
