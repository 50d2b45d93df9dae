using System.Collections.Concurrent;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Dashboards;
using Headwater.Query;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Dashboards;

/// <summary>
/// Plans by dashboard and address, so that a repeated request starts at the gate. A plan holds no data and no rights. Safe for several threads.
/// </summary>
internal sealed class PlanCache(ServerParts parts)
{
    private const int MostPlans = 2_000;

    private readonly ConcurrentDictionary<Key, DashboardPlan> _plans = new();

    /// <summary>The plan of a dashboard under an address. Completes at once when it is known and needs no word of the gate.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8010, HW8012 or HW4113.</exception>
    public async ValueTask<DashboardPlan> FindAsync(string name, HttpContext context)
    {
        var request = context.Request;
        var dashboard = Dashboard(name);
        var catalog = parts.Gate.Catalog;
        var today = parts.Today();
        DateOnly? newest = FilterSet.CountsFromNewest(dashboard, request.Query)
            ? await NewestAsync(dashboard, context)
            : null;
        var key = new Key(dashboard, catalog, newest ?? today, request.QueryString.Value ?? "");
        if (_plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        var filters = FilterSet.Read(dashboard, request.Query, today, newest);
        plan = DashboardPlanner.Plan(dashboard, filters, catalog);
        if (_plans.Count >= MostPlans)
        {
            _plans.Clear();
        }

        _plans[key] = plan;
        return plan;
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8011, and as <see cref="FindAsync"/>.</exception>
    public async ValueTask<TilePlan> FindTileAsync(string name, string tile, HttpContext context)
    {
        var plan = await FindAsync(name, context);
        return plan.Tiles.FirstOrDefault(each => each.Tile.Id == tile)
            ?? throw ServerDiagnostics.UnknownTile.With(name, tile).ToException();
    }

    /// <summary>The day of the newest data of the dashboard's first metric, as far as this reader sees it; null where there is none.</summary>
    private async ValueTask<DateOnly?> NewestAsync(DashboardDefinition dashboard, HttpContext context)
    {
        if (NewestData.Question(dashboard) is not { } question)
        {
            return null;
        }

        var inquiry = new Inquiry(question, context.Session().Principal, QuestionPath.Page, context.Origin());
        return NewestData.Read((await parts.Gate.AskAsync(inquiry, context.RequestAborted)).Answer);
    }

    public DashboardDefinition Dashboard(string name)
    {
        var dashboards = parts.Project().Dashboards;
        foreach (var dashboard in dashboards)
        {
            if (dashboard.Name == name)
            {
                return dashboard;
            }
        }

        throw (
            ServerDiagnostics
                .UnknownDashboard.With(name)
                .Suggesting(name, [.. dashboards.Select(dashboard => dashboard.Name)])
        ).ToException();
    }

    // Definitions and catalogues are compared by identity: a reload makes new ones.
    private readonly record struct Key(object Dashboard, object Catalog, DateOnly AsOf, string Query)
    {
        public bool Equals(Key other) =>
            ReferenceEquals(Dashboard, other.Dashboard)
            && ReferenceEquals(Catalog, other.Catalog)
            && AsOf == other.AsOf
            && string.Equals(Query, other.Query, StringComparison.Ordinal);

        public override int GetHashCode() =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Dashboard),
                AsOf,
                string.GetHashCode(Query, StringComparison.Ordinal)
            );
    }
}
