using Headwater.Project.Resources.Dashboards;
using Headwater.Server.Api;
using Headwater.Server.Dashboards;
using Headwater.Server.Operations;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Headwater.Server.Pages;

/// <summary>The pages for readers who are signed in. Each endpoint fetches what its page shows; components only render.</summary>
internal static class PageEndpoints
{
    private const int RunsAtHome = 6;
    private const int RunsListed = 200;

    public static void Map(IEndpointRouteBuilder routes, ServerParts parts, IServiceProvider services)
    {
        var plans = services.GetRequiredService<PlanCache>();
        var pages = routes.MapGroup("").ExcludeFromDescription();
        var runs = parts.Platform.Runs;

        pages.MapGet(
            "/",
            async (HttpContext context, CancellationToken leaving) =>
                Page<HomePage>(
                    context,
                    (nameof(HomePage.ProjectName), parts.Project().Name),
                    (nameof(HomePage.Dashboards), Sorted(parts.Project().Dashboards)),
                    (nameof(HomePage.Sources), await SourceStatus.ReadAsync(parts, leaving)),
                    (nameof(HomePage.Runs), await runs.ListAsync(RunsAtHome, leaving))
                )
        );
        pages.MapGet(
            "/dashboards/{name}",
            async (string name, HttpContext context, CancellationToken leaving) =>
                Page<DashboardPage>(
                    context,
                    (nameof(DashboardPage.Dashboard), DashboardEndpoints.View(parts, plans, name)),
                    (
                        nameof(DashboardPage.LandedAt),
                        (await SourceStatus.ReadAsync(parts, leaving)).Min(source => source.LandedAt)
                    )
                )
        );
        pages.MapGet(
            "/metrics",
            (HttpContext context) => Page<MetricsPage>(context, (nameof(MetricsPage.Catalog), parts.Gate.Catalog))
        );
        pages.MapGet(
            "/metrics/{name}",
            async (string name, HttpContext context, CancellationToken leaving) =>
                Page<MetricPage>(
                    context,
                    (nameof(MetricPage.Metric), MetricEndpoints.Find(parts.Gate.Catalog, name)),
                    (
                        nameof(MetricPage.Dashboards),
                        Sorted(parts.Project().Dashboards.Where(each => Shows(each, name)))
                    ),
                    (nameof(MetricPage.Passport), await PassportEndpoints.FindAsync(parts, context, name, leaving))
                )
        );
        pages.MapGet(
            "/sources",
            async (HttpContext context, CancellationToken leaving) =>
                Page<SourcesPage>(context, (nameof(SourcesPage.Sources), await SourceStatus.ReadAsync(parts, leaving)))
        );
        pages.MapGet(
            "/runs",
            async (HttpContext context, CancellationToken leaving) =>
                Page<RunsPage>(context, (nameof(RunsPage.Runs), await runs.ListAsync(RunsListed, leaving)))
        );
        pages.MapGet(
            "/runs/{id}",
            async (string id, HttpContext context, CancellationToken leaving) =>
                Page<RunPage>(context, (nameof(RunPage.Detail), await OperationEndpoints.FindAsync(runs, id, leaving)))
        );
    }

    /// <summary>A page with its view and parameters.</summary>
    public static RazorComponentResult<T> Page<T>(
        HttpContext context,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
        where T : IComponent
    {
        // Pages show what this reader may see now.
        context.Response.Headers.CacheControl = "no-store";
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["View"] = PageView.Of(context, context.Features.Get<Headwater.Platform.Sessions.Session>()),
        };
        foreach (var (name, value) in parameters)
        {
            values[name] = value;
        }

        return new RazorComponentResult<T>(values);
    }

    private static bool Shows(DashboardDefinition dashboard, string metric) =>
        dashboard.Tiles.Any(tile =>
            tile.Question is MetricTileQuestion question && question.Metrics.Any(each => each.Text == metric)
        );

    private static List<DashboardDefinition> Sorted(IEnumerable<DashboardDefinition> dashboards) =>
        [.. dashboards.OrderBy(dashboard => dashboard.Title, StringComparer.OrdinalIgnoreCase)];
}
