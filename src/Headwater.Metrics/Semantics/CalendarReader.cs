using System.Globalization;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads one entry of <c>calendars:</c>. <c>week_starts</c> gives <c>NAME_week</c>; <c>year_starts</c>, a month, gives <c>NAME_year</c> and
/// <c>NAME_quarter</c>.
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

    public static IEnumerable<CalendarGrain> Read(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        if (reader.Choice("week_starts", Days) is { } day)
        {
            yield return CalendarGrain.Week(name + "_week", day);
        }

        if (reader.Choice("year_starts", Months) is { } month)
        {
            yield return CalendarGrain.Fiscal(name + "_quarter", Grain.Quarter, month);
            yield return CalendarGrain.Fiscal(name + "_year", Grain.Year, month);
        }

        reader.Finish();
    }
}
