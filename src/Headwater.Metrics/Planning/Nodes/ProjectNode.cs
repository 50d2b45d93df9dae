using Headwater.Metrics.Planning.Expressions;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>Other columns for the same rows.</summary>
public sealed record ProjectNode(PlanNode Input, IReadOnlyList<NamedExpression> Columns) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
