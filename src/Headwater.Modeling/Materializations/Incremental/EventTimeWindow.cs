using System.Globalization;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;

namespace Headwater.Modeling.Materializations;

/// <summary>A batch of time, in UTC.</summary>
/// <param name="Start">Its first instant.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="Size"><c>hour</c>, <c>day</c>, <c>month</c> or <c>year</c>.</param>
internal sealed record EventTimeWindow(DateTime Start, DateTime End, string Size)
{
    public BatchSpan Span => new(Start, End);

    /// <summary>What names the batch to people, such as <c>2024-01-31</c>.</summary>
    public string Id =>
        Start.ToString(
            Size switch
            {
                "hour" => "yyyy-MM-dd'T'HH",
                "day" => "yyyy-MM-dd",
                "month" => "yyyy-MM",
                _ => "yyyy",
            },
            CultureInfo.InvariantCulture
        );

    /// <summary>SQL that holds for rows of the batch.</summary>
    public string Condition(WarehouseEngine engine, string column)
    {
        var quoted = column.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? engine.Quote(column)
            : column;
        return $"{quoted} >= {Instant(Start)} AND {quoted} < {Instant(End)}";
    }

    public static DateTime Floor(DateTime time, string size) =>
        size switch
        {
            "hour" => new DateTime(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc),
            "day" => new DateTime(time.Year, time.Month, time.Day, 0, 0, 0, DateTimeKind.Utc),
            "month" => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
            _ => new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        };

    public static DateTime Ceiling(DateTime time, string size)
    {
        var floor = Floor(time, size);
        return floor == DateTime.SpecifyKind(time, DateTimeKind.Utc) ? floor : Add(floor, size, 1);
    }

    public static DateTime Add(DateTime time, string size, int count) =>
        size switch
        {
            "hour" => time.AddHours(count),
            "day" => time.AddDays(count),
            "month" => time.AddMonths(count),
            _ => time.AddYears(count),
        };

    // Compares as the column's own type: a text without zone becomes a date, a timestamp, or one in the session's zone, which builds set to UTC.
    private static string Instant(DateTime time) =>
        $"'{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'";
}
