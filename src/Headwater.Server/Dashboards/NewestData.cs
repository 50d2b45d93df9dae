using Headwater.Metrics.Requests;
using Headwater.Project.Resources.Dashboards;
using Headwater.Query;

namespace Headwater.Server.Dashboards;

/// <summary>The day of a dashboard's newest data, which ranges such as <c>latest 12 months</c> count from.</summary>
internal static class NewestData
{
    private const string Day = FilterSet.MetricTime + "__day";

    /// <summary>What to ask for it: the latest day of the first metric. Null for a dashboard without metrics.</summary>
    public static MetricQuestion? Question(DashboardDefinition dashboard)
    {
        var metric = dashboard
            .Tiles.Select(tile => tile.Question)
            .OfType<MetricTileQuestion>()
            .SelectMany(question => question.Metrics)
            .FirstOrDefault();
        return metric is null
            ? null
            : new MetricQuestion(new MetricRequest([metric.Text], [Day], [$"{Day} is not null"], ["-" + Day], 1));
    }

    /// <summary>The day, or null where there is none.</summary>
    public static DateOnly? Read(Answer answer) =>
        answer.Table.RowCount == 0
            ? null
            : answer.Table.Value(0, 0) switch
            {
                DateOnly day => day,
                DateTime time => DateOnly.FromDateTime(time),
                _ => null,
            };
}
