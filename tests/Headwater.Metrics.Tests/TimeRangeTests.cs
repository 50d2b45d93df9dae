using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Tests;

public sealed class TimeRangeTests
{
    private static readonly DateOnly Today = new(2026, 3, 18);

    [Theory]
    [InlineData("last 12 months", "2025-04-01..2026-04-01")]
    [InlineData("last_7_days", "2026-03-12..2026-03-19")]
    [InlineData("Last 1 week", "2026-03-16..2026-03-23")]
    [InlineData("this month", "2026-03-01..2026-04-01")]
    [InlineData("this quarter", "2026-01-01..2026-04-01")]
    [InlineData("this year", "2026-01-01..2027-01-01")]
    [InlineData("previous year", "2025-01-01..2026-01-01")]
    [InlineData("previous 3 months", "2025-12-01..2026-03-01")]
    [InlineData("latest 12 months", "2024-07-01..2025-07-01")]
    [InlineData("2026-01-05..2026-01-31", "2026-01-05..2026-02-01")]
    [InlineData("2026-01-05..", "2026-01-05..")]
    [InlineData("..2026-01-31", "..2026-02-01")]
    [InlineData("all time", "..")]
    [InlineData("", "..")]
    public void Words_become_whole_periods(string words, string expected)
    {
        var range = TimeRange.Parse(words, Today, newest: new DateOnly(2025, 6, 30));

        Assert.Equal(expected, $"{range.Start:yyyy-MM-dd}..{range.End:yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("yesterday-ish")]
    [InlineData("last 0 days")]
    [InlineData("last 12 hours")]
    [InlineData("last -3 months")]
    [InlineData("2026-02-01..2026-01-01")]
    [InlineData("2026-13-01..2026-14-01")]
    [InlineData("last 99999999999 days")]
    public void What_is_no_range_is_refused(string words) =>
        Assert.Equal("HW4113", Assert.Throws<DiagnosticException>(() => TimeRange.Parse(words, Today)).Diagnostic.Code);

    [Theory]
    [InlineData("last 12 months", "2024-04-01..2025-04-01")]
    [InlineData("this quarter", "2025-10-01..2026-01-01")]
    [InlineData("last 7 days", "2026-03-05..2026-03-12")]
    [InlineData("2026-01-05..2026-01-31", "2025-12-09..2026-01-05")]
    public void The_period_before_has_the_same_length_and_touches(string words, string expected)
    {
        var range = TimeRange.Parse(words, Today);
        var before = range.Previous()!;

        Assert.Equal(expected, $"{before.Start:yyyy-MM-dd}..{before.End:yyyy-MM-dd}");
        Assert.Equal(range.Start, before.End);
    }

    [Fact]
    public void A_range_without_bounds_has_nothing_before_it() => Assert.Null(TimeRange.All.Previous());

    [Theory]
    [InlineData(Grain.Week, "2026-03-16")]
    [InlineData(Grain.Month, "2026-03-01")]
    [InlineData(Grain.Quarter, "2026-01-01")]
    [InlineData(Grain.Year, "2026-01-01")]
    public void Periods_start_where_the_engines_say(Grain grain, string expected) =>
        Assert.Equal(expected, grain.Start(Today.ToDateTime(TimeOnly.MinValue)).ToString("yyyy-MM-dd"));
}
