using FsCheck;
using FsCheck.Fluent;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Tests.Specifications;

namespace Headwater.Metrics.Tests;

/// <summary>Every answer whose parts read a table once is the answer whose parts each read it.</summary>
public sealed class SharingProperties
{
    private static readonly string[] Names =
    [
        "revenue",
        "sales",
        "buyers",
        "middle",
        "mean",
        "booked",
        "last",
        "web",
        "web_buyers",
        "north",
        "recent",
        "filled",
        "price",
        "to_date",
    ];

    private static readonly string[] Derived =
    [
        "last_month",
        "last_week",
        "last_year",
        "growth",
        "since_start",
        "booked_growth",
        "booked_twice",
    ];

    private static readonly string[] Variants =
    [
        "previous_period",
        "previous_year",
        "previous_year_growth",
        "1_month_ago",
        "12_months_ago",
        "2_quarters_ago_change",
        "7_days_ago",
        "52_weeks_ago",
    ];

    private static readonly string[] Times =
    [
        "metric_time__month",
        "metric_time__month",
        "metric_time__day",
        "metric_time__week",
        "metric_time__quarter",
        "metric_time__year",
        "metric_time__fiscal_quarter",
        "metric_time__fiscal_week",
        "metric_time__extract_month",
        "metric_time__extract_dow",
        "sale__sold_at__day",
        "sale__booked__month",
    ];

    private static readonly string[] Dimensions = ["shop__region", "sale__channel", "shop", "shop__opened__month"];

    private static readonly string[] Conditions =
    [
        "metric_time >= '2024-02-01'",
        "metric_time >= '2024-03-01' and metric_time < '2025-03-01'",
        "metric_time < '2025-02-28'",
        "metric_time > '2024-02-28'",
        "metric_time <= '2025-02-28'",
        "metric_time__month = '2025-02-01'",
        "metric_time__year >= '2025-01-01'",
        "metric_time__month in ('2024-02-01', '2025-02-01')",
        "not (metric_time < '2024-03-01')",
        "metric_time__fiscal_year = '2024-07-01'",
        "metric_time__extract_month in (2, 3)",
        "shop__region = 'north'",
        "sale__channel = 'web' or shop__region != 'north'",
        "sale__sold_at__month >= '2024-02-01'",
        "sale__booked >= '2024-03-01'",
    ];

    private static readonly Gen<SpecifiedQuestion> Questions =
        from first in Gen.Elements([.. Names, .. Derived])
        from variant in Gen.Elements(Variants)
        from more in Subset([.. Names, .. Names.Select(name => $"{name}__{variant}"), .. Derived], 0, 2)
        from times in Subset(Times, 0, 2)
        from dimensions in Subset(Dimensions, 0, 1)
        from conditions in Subset(Conditions, 0, 2)
        from ruled in Gen.Elements(false, false, true)
        select new SpecifiedQuestion(
            new MetricRequest(
                [.. new[] { first, $"{first}__{variant}" }.Concat(more).Distinct()],
                [.. times.Concat(dimensions)],
                conditions,
                [],
                null
            ),
            null,
            null,
            ruled ? [new RowRestriction(DimensionReference.Parse("shop__region"), ["north"])] : [],
            []
        );

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Answers_do_not_depend_on_what_is_read_once(string engine)
    {
        await using var run = await SpecificationRun.OpenAsync(Specification.Read("shared_aggregates.yml"), engine);
        var (asked, shared) = (0, 0);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(2026, 11),
            Prop.ForAll(
                Questions.ToArbitrary(),
                async question =>
                {
                    if (run.Compile(question) is not { } once)
                    {
                        return;
                    }

                    asked++;
                    var apart = run.Compile(question, sharesAggregates: false)!;
                    if (once.Sql.Text == apart.Sql.Text)
                    {
                        return;
                    }

                    shared++;
                    var expected = string.Join('\n', await run.RowsAsync(apart));
                    var found = string.Join('\n', await run.RowsAsync(once));
                    Assert.True(
                        expected == found,
                        $"{question}\n{once.Sql.Text}\nexpected\n{expected}\nfound\n{found}\n{apart.Sql.Text}"
                    );
                }
            )
        );

        // Else the property says nothing. The cases are the same each time, so that this holds each time.
        Assert.True(shared > 60, $"{shared} of {asked} answers shared an aggregation");
    }

    private static Gen<IReadOnlyList<string>> Subset(string[] all, int least, int most) =>
        Gen.Choose(least, most)
            .SelectMany(count =>
                Gen.Shuffle(all).Select(items => (IReadOnlyList<string>)[.. items.Take(count).Distinct()])
            );
}
