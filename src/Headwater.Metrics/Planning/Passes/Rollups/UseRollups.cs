using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>
/// Replaces scan, joins and filters below an aggregation by a scan of the smallest rollup from which the same numbers can be had, aggregated further.
/// </summary>
/// <param name="rollups">Those that there are.</param>
/// <param name="keyNames">What the query calls the keys of the plan.</param>
internal sealed class UseRollups(IRollups rollups, IReadOnlyDictionary<string, string> keyNames) : PlanRewriter
{
    private readonly ColumnNames _names = new();
    private readonly List<RollupDecision> _decisions = [];
    private readonly List<RollupTable> _used = [];

    /// <summary>What was decided of each rollup that was looked at, in order, each said once.</summary>
    public IReadOnlyList<RollupDecision> Decisions => [.. _decisions.Distinct()];

    /// <summary>Those that are read now.</summary>
    public IReadOnlyList<RollupTable> Used => _used;

    protected override PlanNode Rewrite(PlanNode node)
    {
        if (
            node is not AggregateNode { Aggregates.Count: > 0 } aggregate
            || !aggregate.Aggregates.All(item => item is MeasureAggregate)
            || JoinedRows.FindRoot(aggregate.Input, throughAll: true) is not { } root
        )
        {
            return node;
        }

        var candidates = rollups.Over(root.Relation);
        if (candidates.Count == 0)
        {
            return node;
        }

        var filters = new List<PlannedFilter>();
        var input = aggregate.Input;
        while (input is FilterNode filter)
        {
            filters.InsertRange(0, filter.Filters);
            input = filter.Input;
        }

        var rows = JoinedRows.Of(input);
        foreach (var candidate in candidates)
        {
            var refusal = candidate.WhyNot;
            if (refusal is null && rows is null)
            {
                refusal = new RollupRefusal(
                    RollupObstacle.OnlyAnEnd,
                    ((MeasureAggregate)aggregate.Aggregates[0]).Measure.Name
                );
            }

            if (refusal is null)
            {
                var match = new RollupMatch(candidate, rows!, _names, keyNames);
                if (match.Rewrite(aggregate, filters) is { } rewritten)
                {
                    _decisions.Add(new RollupDecision(candidate.Table.Name, null));
                    _used.Add(candidate.Table);
                    return rewritten;
                }

                refusal = match.WhyNot;
            }

            _decisions.Add(new RollupDecision(candidate.Table.Name, refusal));
        }

        return node;
    }
}
