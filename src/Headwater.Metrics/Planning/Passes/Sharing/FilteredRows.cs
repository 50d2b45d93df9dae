using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>Rows and what is asked of them, one thing each.</summary>
internal readonly record struct FilteredRows(PlanNode Rows, IReadOnlyList<PlannedFilter> Filters)
{
    public static FilteredRows Of(PlanNode node)
    {
        var filters = new List<PlannedFilter>();
        while (node is FilterNode filter)
        {
            filters.InsertRange(0, filter.Filters.Conjuncts());
            node = filter.Input;
        }

        return new FilteredRows(node, filters);
    }

    /// <summary>A filter only where there is something to ask.</summary>
    public static PlanNode On(PlanNode rows, IReadOnlyList<PlannedFilter> filters) =>
        filters.Count == 0 ? rows : new FilterNode(rows, filters);
}
