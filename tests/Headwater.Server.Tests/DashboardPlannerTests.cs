using Headwater.Kernel.Diagnostics;
using Headwater.Metrics;
using Headwater.Project.Resources.Dashboards;
using Headwater.Project.Yaml;
using Headwater.Query;
using Headwater.Server.Dashboards;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Headwater.Server.Tests;

public sealed class DashboardPlannerTests
{
    private static readonly SourceLocation Here = new("dashboards/test.yml");
    private static readonly DateOnly Today = new(2017, 3, 14);

    private static readonly MetricCatalog Catalog = new(
        [Metric("revenue", "metric_time", "account__sector"), Metric("visits", "metric_time")],
        []
    );

    [Theory]
    [InlineData("last 12 months", "2016-04-01", "2017-04-01", "2015-04-01", "2016-03-15")]
    [InlineData("this month", "2017-03-01", "2017-04-01", "2017-02-01", "2017-02-12")]
    [InlineData("previous month", "2017-02-01", "2017-03-01", "2017-01-01", "2017-02-01")]
    [InlineData("2017-01-01..2017-01-10", "2017-01-01", "2017-01-11", "2016-12-22", "2017-01-01")]
    public void A_range_is_compared_with_as_much_of_the_one_before_as_has_passed(
        string range,
        string from,
        string to,
        string beforeFrom,
        string beforeTo
    )
    {
        var tile = Plan($"?metric_time={range.Replace(' ', '_')}", Figure("revenue", Comparison.PreviousPeriod));
        Assert.Equal([$"metric_time >= '{from}'", $"metric_time < '{to}'"], Where(tile.Main));
        Assert.Equal("previous period", tile.Compared?.Label);
        Assert.Equal([$"metric_time >= '{beforeFrom}'", $"metric_time < '{beforeTo}'"], Where(tile.Compared!.Question));
    }

    [Fact]
    public void All_time_has_nothing_to_be_compared_with()
    {
        var tile = Plan("?metric_time=all", Figure("revenue", Comparison.PreviousYear));
        Assert.Empty(Where(tile.Main));
        Assert.Null(tile.Compared);
        Assert.Equal(["metric_time__month"], ((MetricQuestion)tile.Trend!).Request.GroupBy);
    }

    [Theory]
    [InlineData("last_7_days", "metric_time__day")]
    [InlineData("last_90_days", "metric_time__week")]
    [InlineData("last_12_months", "metric_time__month")]
    public void A_sparkline_has_a_grain_that_fits_its_range(string range, string column)
    {
        var tile = Plan($"?metric_time={range}", Figure("revenue", Comparison.None));
        Assert.Equal([column], ((MetricQuestion)tile.Trend!).Request.GroupBy);
    }

    [Theory]
    [InlineData("retail", "account__sector in ('retail')")]
    [InlineData("retail,medical", "account__sector in ('retail', 'medical')")]
    [InlineData(@"a\,b", "account__sector in ('a,b')")]
    [InlineData("it's", "account__sector in ('it''s')")]
    [InlineData(@"\N", "account__sector is null")]
    [InlineData(@"retail,\N", "(account__sector in ('retail') or account__sector is null)")]
    public void A_category_becomes_a_condition(string value, string condition)
    {
        var query = "?metric_time=all&account__sector=" + Uri.EscapeDataString(value);
        Assert.Equal([condition], Where(Plan(query, Figure("revenue", Comparison.None)).Main));
    }

    [Fact]
    public void A_filter_that_a_tile_cannot_be_seen_by_is_left_out_and_told()
    {
        var tile = Plan("?metric_time=all&account__sector=retail", Figure("visits", Comparison.None));
        Assert.Empty(Where(tile.Main));
        Assert.Equal(["account__sector"], tile.Unfiltered);
    }

    private static TilePlan Plan(string query, DashboardTile tile)
    {
        var dashboard = new DashboardDefinition(
            "test",
            "test",
            Here,
            "Test",
            null,
            [
                new DashboardFilter(Located("metric_time"), null, null),
                new DashboardFilter(Located("account__sector"), null, null),
            ],
            [
                [tile],
            ]
        );
        var filters = FilterSet.Read(dashboard, new QueryCollection(QueryHelpers.ParseQuery(query)), Today, null);
        return DashboardPlanner.Plan(dashboard, filters, Catalog).Tiles[0];
    }

    private static DashboardTile Figure(string metric, Comparison compare) =>
        new(
            "r0c0",
            Here,
            null,
            null,
            new MetricTileQuestion([Located(metric)], [], [], [], null),
            new ChartDefinition(ChartType.Kpi, false, false, null),
            compare,
            null
        );

    private static IReadOnlyList<string> Where(Question question) => ((MetricQuestion)question).Request.Where;

    private static LocatedText Located(string text) => new(text, Here);

    private static MetricDescription Metric(string name, params string[] dimensions) =>
        new(name, name, null, "simple", name, null, null, [], dimensions, Here);
}
