using Headwater.Metrics;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;
using Headwater.Project.Resources.Dashboards;
using Headwater.Query;

namespace Headwater.Server.Dashboards;

/// <summary>Turns a dashboard and its filters into questions. Pure.</summary>
internal static class DashboardPlanner
{
    /// <summary>Ranges up to this many days are drawn by the day.</summary>
    private const int DaysByDay = 31;

    /// <summary>Ranges up to this many days are drawn by the week.</summary>
    private const int DaysByWeek = 182;

    public static DashboardPlan Plan(DashboardDefinition dashboard, FilterSet filters, MetricCatalog catalog) =>
        new(dashboard, filters, [.. dashboard.Tiles.Select(tile => Plan(tile, filters, catalog))]);

    private static TilePlan Plan(DashboardTile tile, FilterSet filters, MetricCatalog catalog)
    {
        if (tile.Question is SqlTileQuestion sql)
        {
            var all = filters.Categories.Select(category => category.Dimension);
            return new TilePlan(tile, new SqlQuestion(sql.Sql.Text), null, null, [.. all], []);
        }

        var asked = (MetricTileQuestion)tile.Question;
        var metrics = asked.Metrics.Select(metric => metric.Text).ToList();
        var applied = new List<string>(asked.Where.Select(condition => condition.Text));
        var unfiltered = new List<string>();
        foreach (var category in filters.Categories)
        {
            if (Reaches(catalog, metrics, category.Dimension))
            {
                applied.Add(category.Condition);
            }
            else
            {
                unfiltered.Add(category.Dimension);
            }
        }

        MetricRequest Over(TimeRange? time, params IEnumerable<string> groupBy) =>
            new(
                metrics,
                [.. groupBy],
                [.. applied, .. time?.Conditions(FilterSet.MetricTime) ?? []],
                [.. asked.OrderBy.Select(column => column.Text)],
                asked.Limit
            );

        var main = Over(filters.Time, asked.GroupBy.Select(dimension => dimension.Text));
        var isFigure = tile.Chart.Type == ChartType.Kpi && asked.GroupBy.Count == 0;
        return new TilePlan(
            tile,
            new MetricQuestion(main),
            isFigure && ComparedRange(tile.Compare, filters.Time, filters.AsOf) is var (label, range)
                ? new ComparedQuestion(label, new MetricQuestion(Over(range)))
                : null,
            isFigure ? new MetricQuestion(Over(filters.Time, TrendColumn(filters.Time))) : null,
            unfiltered,
            main.Where
        );
    }

    /// <summary>The time dimension of a sparkline over a range: some 12 to 30 points.</summary>
    public static string TrendColumn(TimeRange? time) =>
        DimensionReference.MetricTime
        + (
            time is { Start: { } start, End: { } end }
                ? (end.DayNumber - start.DayNumber) switch
                {
                    <= DaysByDay => "__day",
                    <= DaysByWeek => "__week",
                    _ => "__month",
                }
                : "__month"
        );

    // A catalogue that does not know the metric leaves it to the gate to say so.
    private static bool Reaches(MetricCatalog catalog, IReadOnlyList<string> metrics, string dimension) =>
        metrics.All(name =>
            catalog.Metrics.FirstOrDefault(metric => metric.Name == name) is not { } metric
            || metric.Dimensions.Contains(dimension)
        );

    private static (string Label, TimeRange Range)? ComparedRange(Comparison compare, TimeRange? time, DateOnly asOf)
    {
        var before = compare switch
        {
            Comparison.PreviousPeriod => time?.Previous(),
            Comparison.PreviousYear => time?.YearBefore(),
            _ => null,
        };
        if (before is not { End: { } end, Start: { } start })
        {
            return null;
        }

        // A range that still runs is compared with as much of the other as has passed of it, else every month begins with a fall.
        var toCome = Math.Max(0, time!.End!.Value.DayNumber - asOf.AddDays(1).DayNumber);
        var passed = end.AddDays(-toCome);
        return (
            compare == Comparison.PreviousPeriod ? "previous period" : "previous year",
            before with
            {
                End = passed > start ? passed : start.AddDays(1),
            }
        );
    }
}
