using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Metrics.Time;

/// <summary>Days from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="Start">First day, or null for no lower bound.</param>
/// <param name="End">First day after it, or null for no upper bound.</param>
/// <param name="Period">The grain whose whole periods it is made of, so that the one before it is well defined.</param>
public sealed partial record TimeRange(DateOnly? Start, DateOnly? End, Grain Period = Grain.Day)
{
    public static TimeRange All { get; } = new(null, null);

    /// <summary>
    /// Reads a range in words: <c>last 12 months</c> (whole periods, the running one included), <c>this quarter</c>, <c>previous year</c>,
    /// <c>latest 12 months</c> (as last, but counted from the newest data), <c>2025-01-01..2025-03-31</c> (both days included, either may be
    /// missing), <c>all time</c>. Underscores count as spaces.
    /// </summary>
    /// <param name="text">The words.</param>
    /// <param name="today">The day in the time zone of the business that relative words count from.</param>
    /// <param name="newest">The day of the newest data, for <c>latest</c>; null takes today.</param>
    /// <exception cref="DiagnosticException">HW4113: not a range.</exception>
    public static TimeRange Parse(string text, DateOnly today, DateOnly? newest = null)
    {
        var words = text.Replace('_', ' ').Trim().ToLowerInvariant();
        if (words is "all time" or "all" or "")
        {
            return All;
        }

        var explicitDays = Days().Match(words);
        if (explicitDays.Success)
        {
            var from = ParseDay(explicitDays.Groups["from"].Value, text);
            var to = ParseDay(explicitDays.Groups["to"].Value, text);
            return from > to ? throw Bad(text) : new TimeRange(from, to?.AddDays(1));
        }

        var relative = Relative().Match(words);
        if (!relative.Success || Grains.Find(relative.Groups["grain"].Value) is not { } grain || grain < Grain.Day)
        {
            throw Bad(text);
        }

        var count = relative.Groups["count"].Success
            ? int.Parse(relative.Groups["count"].Value, CultureInfo.InvariantCulture)
            : 1;
        var word = relative.Groups["word"].Value;
        var anchor = word == "latest" ? newest ?? today : today;
        var current = grain.Start(anchor.ToDateTime(TimeOnly.MinValue));
        return word switch
        {
            "this" => Periods(grain, current, 0, 1),
            "previous" => Periods(grain, current, -count, count),
            _ => Periods(grain, current, 1 - count, count),
        };
    }

    /// <summary>Whether the words count from the newest data, so that its day must be known.</summary>
    public static bool CountsFromNewest(string text) =>
        text.TrimStart().StartsWith("latest", StringComparison.OrdinalIgnoreCase);

    /// <summary>The range of the same length just before this one; null where this one has no start or no end.</summary>
    public TimeRange? Previous()
    {
        if (Start is not { } start || End is not { } end)
        {
            return null;
        }

        var from = start.ToDateTime(TimeOnly.MinValue);
        var to = end.ToDateTime(TimeOnly.MinValue);
        var periods = 0;
        for (var next = from; next < to; next = Period.Add(from, periods))
        {
            periods++;
        }

        return new TimeRange(DateOnly.FromDateTime(Period.Add(from, -periods)), start, Period);
    }

    /// <summary>The same days a year earlier; null where this one has no start or no end.</summary>
    public TimeRange? YearBefore() =>
        Start is { } start && End is { } end ? new TimeRange(start.AddYears(-1), end.AddYears(-1), Period) : null;

    /// <summary>This range as conditions on a time dimension, for a metric request.</summary>
    public IReadOnlyList<string> Conditions(string dimension)
    {
        var conditions = new List<string>(2);
        if (Start is { } start)
        {
            conditions.Add($"{dimension} >= '{start:yyyy-MM-dd}'");
        }

        if (End is { } end)
        {
            conditions.Add($"{dimension} < '{end:yyyy-MM-dd}'");
        }

        return conditions;
    }

    private static TimeRange Periods(Grain grain, DateTime current, int offset, int count)
    {
        var start = grain.Add(current, offset);
        return new TimeRange(DateOnly.FromDateTime(start), DateOnly.FromDateTime(grain.Add(start, count)), grain);
    }

    private static DateOnly? ParseDay(string text, string whole) =>
        text.Length == 0 ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1 and < 9990
            ? day
        : throw Bad(whole);

    private static DiagnosticException Bad(string text) => MetricDiagnostics.BadRange.With(text).ToException();

    [GeneratedRegex(@"^(?<from>[\d-]*)\.\.(?<to>[\d-]*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Days();

    [GeneratedRegex(
        @"^(?<word>last|latest|this|previous)( (?<count>[1-9]\d{0,3}))? (?<grain>day|week|month|quarter|year)s?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Relative();
}
