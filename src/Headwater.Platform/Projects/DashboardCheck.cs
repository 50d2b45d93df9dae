using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;
using Headwater.Project.Resources.Dashboards;
using Headwater.Project.Yaml;

namespace Headwater.Platform.Projects;

/// <summary>Checks that the questions of dashboards can be asked: their metrics, dimensions, conditions and ranges exist.</summary>
internal static class DashboardCheck
{
    public static void Run(
        IReadOnlyList<DashboardDefinition> dashboards,
        MetricModel metrics,
        DiagnosticBag diagnostics
    )
    {
        var binder = new QueryBinder(metrics);
        var resolver = new DimensionResolver(metrics);
        var dimensions = metrics
            .Models.SelectMany(resolver.Reachable)
            .Select(item => item.Reference.BaseName)
            .Append(DimensionReference.MetricTime)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var dashboard in dashboards)
        {
            foreach (var filter in dashboard.Filters)
            {
                CheckFilter(filter, dimensions, diagnostics);
            }

            foreach (var tile in dashboard.Tiles)
            {
                if (tile.Question is MetricTileQuestion question)
                {
                    CheckTile(tile, question, binder, diagnostics);
                }
            }
        }
    }

    private static void CheckFilter(DashboardFilter filter, HashSet<string> dimensions, DiagnosticBag diagnostics)
    {
        var name = DimensionReference.Parse(filter.Dimension.Text).BaseName;
        if (!dimensions.Contains(name))
        {
            diagnostics.Add(
                PlatformDiagnostics.UnknownFilterDimension.At(filter.Dimension.Location, filter.Dimension.Text) with
                {
                    Hint = NearestName.Hint(name, dimensions),
                }
            );
        }
        else if (name == DimensionReference.MetricTime && filter.Default is { } range)
        {
            Locate(
                range.Location,
                diagnostics,
                () => TimeRange.Parse(range.Text, DateOnly.FromDateTime(DateTime.UnixEpoch))
            );
        }
    }

    private static void CheckTile(
        DashboardTile tile,
        MetricTileQuestion question,
        QueryBinder binder,
        DiagnosticBag diagnostics
    )
    {
        var place =
            question.Metrics.Select(metric => metric.Location).FirstOrDefault()
            ?? question.GroupBy.Select(dimension => dimension.Location).FirstOrDefault()
            ?? tile.Location;
        Locate(
            place,
            diagnostics,
            () =>
                binder.Bind(
                    new MetricRequest(
                        Texts(question.Metrics),
                        Texts(question.GroupBy),
                        Texts(question.Where),
                        Texts(question.OrderBy),
                        question.Limit
                    )
                )
        );
    }

    private static string[] Texts(IReadOnlyList<LocatedText> texts) => [.. texts.Select(text => text.Text)];

    // A question's diagnostics know no file: here it is the author's own file that asks.
    private static void Locate(SourceLocation place, DiagnosticBag diagnostics, Action check)
    {
        try
        {
            check();
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics.Select(diagnostic => diagnostic with { Location = place }));
        }
    }
}
