using Headwater.Project.Resources.Dashboards;
using Headwater.Query;

namespace Headwater.Server.Dashboards;

/// <summary>What is asked for one tile under one set of filters. Immutable; kept and shared between requests.</summary>
/// <param name="Main">The tile's own question.</param>
/// <param name="Compared">The same over another period, for a single number.</param>
/// <param name="Trend">The same over time, for a sparkline.</param>
/// <param name="Unfiltered">Filters that are set but do not apply, because the tile cannot be seen by their dimension.</param>
/// <param name="Conditions">The conditions under which the tile's numbers stand.</param>
internal sealed record TilePlan(
    DashboardTile Tile,
    Question Main,
    ComparedQuestion? Compared,
    Question? Trend,
    IReadOnlyList<string> Unfiltered,
    IReadOnlyList<string> Conditions
);

/// <param name="Label">What it is compared with, in words: <c>previous year</c>.</param>
internal sealed record ComparedQuestion(string Label, Question Question);

/// <summary>A dashboard under one set of filters.</summary>
internal sealed record DashboardPlan(DashboardDefinition Dashboard, FilterSet Filters, IReadOnlyList<TilePlan> Tiles);
