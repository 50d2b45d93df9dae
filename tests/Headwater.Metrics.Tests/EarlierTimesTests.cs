using Headwater.Metrics.Requests;
using Headwater.Metrics.Tests.Specifications;

namespace Headwater.Metrics.Tests;

/// <summary>A filter on the shown time bounds what is read of earlier rows, and changes no number by it.</summary>
public sealed class EarlierTimesTests
{
    private static readonly string[] Metrics =
    [
        "last_month",
        "last_week",
        "last_year",
        "growth",
        "since_start",
        "booked_twice",
        "to_date",
        "in_six_weeks",
        "in_three_months",
        "ever",
    ];

    private static readonly string[] Bounds =
    [
        "2024-02-28",
        "2024-02-29",
        "2024-03-01",
        "2024-03-29",
        "2024-03-30",
        "2024-03-31",
        "2025-01-01",
        "2025-02-28",
        "2025-03-01",
        "2025-03-31",
    ];

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task The_rows_of_a_filtered_answer_are_rows_of_the_whole_one(string engine)
    {
        await using var run = await SpecificationRun.OpenAsync(Specification.Read("shared_aggregates.yml"), engine);
        foreach (var metric in Metrics)
        {
            var grain = metric.StartsWith("booked", StringComparison.Ordinal) ? "month" : "day";
            var all = await run.AskAsync(Ask(metric, grain, []));
            Assert.NotEmpty(all);
            foreach (var bound in Bounds)
            {
                foreach (var comparison in (string[])[">=", "<", ">", "<="])
                {
                    var found = await run.AskAsync(
                        Ask(metric, grain, [$"metric_time__{grain} {comparison} '{bound}'"])
                    );
                    var expected = all.Where(row => Holds(row.Split(",")[0], comparison, bound));
                    Assert.Equal(
                        $"{metric} {comparison} {bound}\n{string.Join('\n', expected)}",
                        $"{metric} {comparison} {bound}\n{string.Join('\n', found)}"
                    );
                }
            }
        }
    }

    [Theory]
    [InlineData("last_month", "metric_time >= '2025-03-01' and metric_time < '2025-04-01'", "2025-02-01", "2025-03-01")]
    // The 30th and the 31st have the 28th of February before them too.
    [InlineData("last_month", "metric_time < '2025-03-30'", null, "2025-03-01")]
    [InlineData("since_first", "metric_time >= '2025-03-10'", "2025-03-01", null)]
    [InlineData("to_date", "metric_time >= '2025-03-10' and metric_time <= '2025-03-20'", "2025-01-01", "2025-03-21")]
    [InlineData("in_three_months", "metric_time >= '2025-03-10'", "2024-12-10", null)]
    public async Task Rows_that_cannot_count_are_not_read(string metric, string where, string? from, string? until)
    {
        await using var run = await SpecificationRun.OpenAsync(Specification.Read("shared_aggregates.yml"), "duckdb");

        var days = run.Compile(Ask(metric, "day", [where]))!.Sql.Parameters.OfType<DateOnly>().ToList();
        // Each bound of the own time, besides those of the shown one.
        Assert.Equal(
            new[] { from, until }.Count(bound => bound is not null),
            days.Count - where.Split("metric_time").Length + 1
        );
        foreach (var bound in new[] { from, until }.OfType<string>())
        {
            Assert.Contains(DateOnly.Parse(bound, System.Globalization.CultureInfo.InvariantCulture), days);
        }
    }

    private static SpecifiedQuestion Ask(string metric, string grain, string[] where) =>
        new(new MetricRequest([metric], [$"metric_time__{grain}"], where, [], null), null, null, [], []);

    private static bool Holds(string time, string comparison, string bound)
    {
        if (time == "-")
        {
            return false;
        }

        var order = string.CompareOrdinal(time, bound);
        return comparison switch
        {
            ">=" => order >= 0,
            "<" => order < 0,
            ">" => order > 0,
            _ => order <= 0,
        };
    }
}
