using System.Globalization;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads one entry of <c>calendars:</c>. <c>week_starts</c> gives <c>NAME_week</c>; <c>year_starts</c>, a month, gives <c>NAME_year</c> and
/// <c>NAME_quarter</c>; with a <c>pattern</c> of weeks such as 4-4-5 these are whole weeks, and there is a <c>NAME_month</c> too.
/// </summary>
internal static class CalendarReader
{
    private static readonly Dictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>()
        .ToDictionary(day => day.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, int> Months = Enumerable
        .Range(1, 12)
        .ToDictionary(
            month => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month),
            StringComparer.OrdinalIgnoreCase
        );

    private static readonly Dictionary<string, bool> Patterns = new(StringComparer.Ordinal)
    {
        ["4-4-5"] = true,
        ["4-5-4"] = true,
        ["5-4-4"] = true,
    };

    public static IEnumerable<CalendarGrain> Read(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        var day = reader.Choice("week_starts", Days);
        var month = reader.Choice("year_starts", Months);
        var pattern = reader.Choice("pattern", Patterns) is null ? null : reader.Text("pattern");
        reader.Finish();
        var grains = new List<CalendarGrain>();
        if (day is not null || pattern is not null)
        {
            grains.Add(MovedGrain.Week(name + "_week", day ?? DayOfWeek.Monday));
        }

        if (pattern is not null)
        {
            var years = new RetailYears(day ?? DayOfWeek.Monday, month ?? 1);
            grains.AddRange(RetailGrain.All(name, years, [.. pattern.Split('-').Select(weeks => weeks[0] - '0')]));
        }
        else if (month is { } first)
        {
            grains.Add(MovedGrain.Fiscal(name + "_quarter", Grain.Quarter, first));
            grains.Add(MovedGrain.Fiscal(name + "_year", Grain.Year, first));
        }

        return grains;
    }
}
