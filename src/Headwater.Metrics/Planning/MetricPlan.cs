using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning;

/// <summary>
/// How a metric query is answered, as data: tables are scanned, joined, filtered and aggregated to the query's grain, then the aggregates meet on
/// the keys, then metrics are computed. Rendered to SQL by <c>PlanRenderer</c>.
/// </summary>
/// <param name="Root">A <see cref="ComputeNode"/>, or a <see cref="BoundsNode"/> over one's input.</param>
/// <param name="OrderBy">Columns of the result, keys first; the keys that are not named follow.</param>
public sealed record MetricPlan(PlanNode Root, IReadOnlyList<SortKey> OrderBy, int? Limit)
{
    /// <summary>The tables that are read.</summary>
    public IEnumerable<RelationName> Relations => Root.Relations.Distinct();
}
