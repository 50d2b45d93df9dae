using System.Globalization;
using System.Text;

namespace Headwater.Jinja.Values;

/// <summary>Python's text forms of dates and times.</summary>
public static class Dates
{
    /// <summary><c>isoformat()</c>: microseconds only where there are any, the zone only for UTC times.</summary>
    public static string Text(DateTime time, char separator)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond / 10;
        var text = time.ToString($"yyyy-MM-dd'{separator}'HH:mm:ss", CultureInfo.InvariantCulture);
        text += fraction > 0 ? $".{fraction:000000}" : "";
        return time.Kind == DateTimeKind.Utc ? text + "+00:00" : text;
    }

    /// <summary>A time of day, as <c>isoformat()</c> writes it.</summary>
    public static string Text(TimeOnly time) => Text(DateTime.MinValue + time.ToTimeSpan(), 'T')[11..];

    /// <summary>C's <c>strftime</c> with the directives that Python documents, in English.</summary>
    public static string Format(DateTime time, string format)
    {
        var output = new StringBuilder();
        for (var index = 0; index < format.Length; index++)
        {
            if (format[index] != '%' || index + 1 == format.Length)
            {
                output.Append(format[index]);
                continue;
            }

            index++;
            var unpadded = format[index] == '-' && index + 1 < format.Length;
            var directive = unpadded ? format[++index] : format[index];
            var text = Directive(time, directive);
            output.Append(unpadded ? Unpad(text) : text);
        }

        return output.ToString();
    }

    private static string Unpad(string text) => text.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string Directive(DateTime time, char directive)
    {
        string With(string format) => time.ToString(format, CultureInfo.InvariantCulture);
        return directive switch
        {
            'Y' => With("yyyy"),
            'y' => With("yy"),
            'm' => With("MM"),
            'd' => With("dd"),
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'H' => With("HH"),
            'I' => With("hh"),
            'M' => With("mm"),
            'S' => With("ss"),
            'f' => $"{time.Ticks % TimeSpan.TicksPerSecond / 10:000000}",
            'p' => With("tt"),
            'a' => With("ddd"),
            'A' => With("dddd"),
            'b' => With("MMM"),
            'B' => With("MMMM"),
            'j' => $"{time.DayOfYear:000}",
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'u' => ((((int)time.DayOfWeek) + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
            'U' => $"{(time.DayOfYear + 6 - (int)time.DayOfWeek) / 7:00}",
            'W' => $"{(time.DayOfYear + 6 - ((int)time.DayOfWeek + 6) % 7) / 7:00}",
            'V' => $"{ISOWeek.GetWeekOfYear(time):00}",
            'G' => $"{ISOWeek.GetYear(time):0000}",
            'F' => With("yyyy-MM-dd"),
            'T' => With("HH:mm:ss"),
            'D' => With("MM/dd/yy"),
            'c' => With("ddd MMM d HH:mm:ss yyyy"),
            'x' => With("MM/dd/yy"),
            'X' => With("HH:mm:ss"),
            'z' => time.Kind == DateTimeKind.Utc ? "+0000" : "",
            'Z' => time.Kind == DateTimeKind.Utc ? "UTC" : "",
            's' => new DateTimeOffset(time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            '%' => "%",
            _ => "%" + directive,
        };
    }
}
