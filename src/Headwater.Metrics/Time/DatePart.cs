namespace Headwater.Metrics.Time;

/// <summary>A number taken from a time, such as its month from 1 to 12.</summary>
public enum DatePart
{
    Year,
    Quarter,
    Month,
    Day,

    /// <summary>Day of the week, Monday 1 to Sunday 7 (ISO 8601).</summary>
    DayOfWeek,

    /// <summary>Day of the year, 1 to 366.</summary>
    DayOfYear,
}

/// <summary>The names that YAML and queries use.</summary>
public static class DateParts
{
    private static readonly Dictionary<string, DatePart> ByName = Enum.GetValues<DatePart>()
        .ToDictionary(part => part.Name(), StringComparer.OrdinalIgnoreCase);

    public static string Name(this DatePart part) =>
        part switch
        {
            DatePart.Year => "year",
            DatePart.Quarter => "quarter",
            DatePart.Month => "month",
            DatePart.Day => "day",
            DatePart.DayOfWeek => "dow",
            _ => "doy",
        };

    public static DatePart? Find(string name) => ByName.TryGetValue(name, out var part) ? part : null;

    /// <summary>The grain that a time must be kept by, or finer, for the part to mean something.</summary>
    public static Grain Needs(this DatePart part) =>
        part switch
        {
            DatePart.Year => Grain.Year,
            DatePart.Quarter => Grain.Quarter,
            DatePart.Month => Grain.Month,
            _ => Grain.Day,
        };
}
