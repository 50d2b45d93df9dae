using Headwater.Metrics.Planning.Filters;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>The rows that fulfil all of some filters.</summary>
public sealed record FilterNode(PlanNode Input, IReadOnlyList<PlannedFilter> Filters) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
