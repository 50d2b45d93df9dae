namespace Headwater.Metrics.Time;

/// <summary>Length of a period, finest first.</summary>
public enum Grain
{
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>Calendar arithmetic on periods. Weeks start on Monday (ISO 8601), as the engines' <c>date_trunc</c> does.</summary>
public static class Grains
{
    private static readonly Dictionary<string, Grain> ByName = Enum.GetValues<Grain>()
        .ToDictionary(grain => grain.Name(), StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The name that YAML, queries and engines use.</summary>
    public static string Name(this Grain grain) =>
        grain switch
        {
            Grain.Nanosecond => "nanosecond",
            Grain.Microsecond => "microsecond",
            Grain.Millisecond => "millisecond",
            Grain.Second => "second",
            Grain.Minute => "minute",
            Grain.Hour => "hour",
            Grain.Day => "day",
            Grain.Week => "week",
            Grain.Month => "month",
            Grain.Quarter => "quarter",
            _ => "year",
        };

    public static Grain? Find(string name) => ByName.TryGetValue(name, out var grain) ? grain : null;

    /// <summary>The first instant of the period that holds an instant.</summary>
    public static DateTime Start(this Grain grain, DateTime instant) =>
        grain switch
        {
            // A tick is 100 nanoseconds: what is finer does not get here.
            Grain.Nanosecond => instant,
            Grain.Microsecond => new DateTime(
                instant.Ticks - instant.Ticks % TimeSpan.TicksPerMicrosecond,
                instant.Kind
            ),
            Grain.Millisecond => new DateTime(
                instant.Ticks - instant.Ticks % TimeSpan.TicksPerMillisecond,
                instant.Kind
            ),
            Grain.Second => new DateTime(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, instant.Kind),
            Grain.Minute => new DateTime(instant.Ticks - instant.Ticks % TimeSpan.TicksPerMinute, instant.Kind),
            Grain.Hour => new DateTime(instant.Ticks - instant.Ticks % TimeSpan.TicksPerHour, instant.Kind),
            Grain.Day => instant.Date,
            Grain.Week => instant.Date.AddDays(-(((int)instant.DayOfWeek + 6) % 7)),
            Grain.Month => new DateTime(instant.Year, instant.Month, 1, 0, 0, 0, instant.Kind),
            Grain.Quarter => new DateTime(instant.Year, (instant.Month - 1) / 3 * 3 + 1, 1, 0, 0, 0, instant.Kind),
            _ => new DateTime(instant.Year, 1, 1, 0, 0, 0, instant.Kind),
        };

    /// <summary>An instant moved by whole periods.</summary>
    public static DateTime Add(this Grain grain, DateTime instant, int count) =>
        grain switch
        {
            Grain.Nanosecond => instant.AddTicks(count),
            Grain.Microsecond => instant.AddMicroseconds(count),
            Grain.Millisecond => instant.AddMilliseconds(count),
            Grain.Second => instant.AddSeconds(count),
            Grain.Minute => instant.AddMinutes(count),
            Grain.Hour => instant.AddHours(count),
            Grain.Day => instant.AddDays(count),
            Grain.Week => instant.AddDays(7 * count),
            Grain.Month => instant.AddMonths(count),
            Grain.Quarter => instant.AddMonths(3 * count),
            _ => instant.AddYears(count),
        };
}
