using System.Collections.Concurrent;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Project.Resources.Dashboards;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Dashboards;

/// <summary>
/// Plans by dashboard and address, so that a repeated request starts at the gate. A plan holds no data and no rights. Safe for several threads.
/// </summary>
internal sealed class PlanCache(ServerParts parts)
{
    private const int MostPlans = 2_000;

    private readonly ConcurrentDictionary<Key, DashboardPlan> _plans = new();

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8010, HW8012 or HW4113.</exception>
    public DashboardPlan Find(string name, HttpRequest request)
    {
        var dashboard = Dashboard(name);
        var catalog = parts.Gate.Catalog;
        var today = parts.Today();
        var key = new Key(dashboard, catalog, today, request.QueryString.Value ?? "");
        if (_plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        plan = DashboardPlanner.Plan(dashboard, FilterSet.Read(dashboard, request.Query, today), catalog, today);
        if (_plans.Count >= MostPlans)
        {
            _plans.Clear();
        }

        _plans[key] = plan;
        return plan;
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8011, and as <see cref="Find"/>.</exception>
    public TilePlan FindTile(string name, string tile, HttpRequest request)
    {
        var plan = Find(name, request);
        return plan.Tiles.FirstOrDefault(each => each.Tile.Id == tile)
            ?? throw ServerDiagnostics.UnknownTile.With(name, tile).ToException();
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
            ServerDiagnostics.UnknownDashboard.With(name) with
            {
                Hint = NearestName.Hint(name, [.. dashboards.Select(dashboard => dashboard.Name)]),
            }
        ).ToException();
    }

    // Definitions and catalogues are compared by identity: a reload makes new ones.
    private readonly record struct Key(object Dashboard, object Catalog, DateOnly Today, string Query)
    {
        public bool Equals(Key other) =>
            ReferenceEquals(Dashboard, other.Dashboard)
            && ReferenceEquals(Catalog, other.Catalog)
            && Today == other.Today
            && string.Equals(Query, other.Query, StringComparison.Ordinal);

        public override int GetHashCode() =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Dashboard),
                Today,
                string.GetHashCode(Query, StringComparison.Ordinal)
            );
    }
}
