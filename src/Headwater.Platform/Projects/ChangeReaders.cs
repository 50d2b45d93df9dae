using Headwater.Metrics.Binding;
using Headwater.Project.Resources.Dashboards;

namespace Headwater.Platform.Projects;

/// <summary>Who reads what a build changes, beyond models: metrics and dashboards.</summary>
public static class ChangeReaders
{
    /// <summary>Names of the metrics that are computed from some models.</summary>
    public static IReadOnlyList<string> MetricsOver(this LoadedProject project, IReadOnlyCollection<string> models) =>
        [
            .. project
                .Metrics.Metrics.Where(metric =>
                    MetricLeaves
                        .Of(metric)
                        .SelectMany(leaf => leaf.Models)
                        .Any(model => models.Contains(model.ModelName))
                )
                .Select(metric => metric.Name),
        ];

    /// <summary>Names of the dashboards that show some metrics.</summary>
    public static IReadOnlyList<string> DashboardsOver(
        this LoadedProject project,
        IReadOnlyCollection<string> metrics
    ) =>
        [
            .. project
                .Folder.Dashboards.Where(dashboard =>
                    dashboard.Tiles.Any(tile =>
                        tile.Question is MetricTileQuestion question
                        && question.Metrics.Any(metric => metrics.Contains(metric.Text))
                    )
                )
                .Select(dashboard => dashboard.Name),
        ];
}
