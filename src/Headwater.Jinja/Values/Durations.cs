using System.Globalization;

namespace Headwater.Jinja.Values;

/// <summary>Python's <c>timedelta</c>: whole days that may be negative, and the rest of a day that may not. Counted in microseconds.</summary>
public static class Durations
{
    /// <summary>Rounded to whole microseconds, halves to even ones.</summary>
    /// <exception cref="OverflowException">It is longer than a duration can be.</exception>
    public static TimeSpan FromMicroseconds(decimal microseconds) =>
        new(checked((long)Math.Round(microseconds, MidpointRounding.ToEven) * TimeSpan.TicksPerMicrosecond));

    public static long Days(TimeSpan span) => (long)Math.Floor((decimal)span.Ticks / TimeSpan.TicksPerDay);

    public static long Seconds(TimeSpan span) => Rest(span).Ticks / TimeSpan.TicksPerSecond;

    public static long Microseconds(TimeSpan span) =>
        Rest(span).Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;

    /// <summary><c>-1 day, 0:01:30.000500</c></summary>
    public static string Text(TimeSpan span)
    {
        var rest = Rest(span);
        var days = Days(span);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(long)rest.TotalHours}:{rest.Minutes:00}:{rest.Seconds:00}"
        );
        text += Microseconds(span) is > 0 and var micros ? $".{micros:000000}" : "";
        return days == 0
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {text}");
    }

    /// <summary><c>datetime.timedelta(days=1, seconds=90)</c></summary>
    public static string Repr(TimeSpan span)
    {
        var parts = new (string Name, long Value)[]
        {
            ("days", Days(span)),
            ("seconds", Seconds(span)),
            ("microseconds", Microseconds(span)),
        };
        var shown = parts
            .Where(part => part.Value != 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name}={part.Value}"))
            .ToList();
        return $"datetime.timedelta({(shown.Count == 0 ? "0" : string.Join(", ", shown))})";
    }

    internal static TimeSpan Multiply(TimeSpan span, object factor) => FromMicroseconds(Micros(span) * Exact(factor));

    internal static TimeSpan Divide(TimeSpan span, object divisor) =>
        FromMicroseconds(Micros(span) / NonZero(Exact(divisor)));

    internal static double Divide(TimeSpan span, TimeSpan divisor) => span.Ticks / (double)NonZero(divisor.Ticks);

    internal static TimeSpan FloorDivide(TimeSpan span, object divisor) =>
        FromMicroseconds(Math.Floor(Micros(span) / NonZero(Exact(divisor))));

    internal static long FloorDivide(TimeSpan span, TimeSpan divisor) =>
        (long)Math.Floor(span.Ticks / NonZero(divisor.Ticks));

    internal static TimeSpan Modulo(TimeSpan span, TimeSpan divisor) =>
        span - new TimeSpan(FloorDivide(span, divisor) * divisor.Ticks);

    private static TimeSpan Rest(TimeSpan span) => new(span.Ticks - Days(span) * TimeSpan.TicksPerDay);

    private static decimal Micros(TimeSpan span) => span.Ticks / (decimal)TimeSpan.TicksPerMicrosecond;

    private static decimal Exact(object number) =>
        Numbers.IsInteger(number) ? (decimal)Numbers.Big(number) : (decimal)Numbers.Real(number);

    private static decimal NonZero(decimal divisor) =>
        divisor == 0 ? throw JinjaFault.Value("division by zero") : divisor;
}
