using Headwater.Metrics.Planning.Expressions;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>The same rows with a column more: the least or greatest value among the rows of the same partition.</summary>
public sealed record ExtremeNode(
    PlanNode Input,
    string Name,
    PlanExpression Value,
    bool Greatest,
    IReadOnlyList<PlanExpression> Partition
) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
