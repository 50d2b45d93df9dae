namespace Headwater.Metrics.Planning.Nodes;

/// <summary>One row: the least and the greatest value of each column, named with <c>__min</c> and <c>__max</c>.</summary>
public sealed record BoundsNode(PlanNode Input, IReadOnlyList<RenamedColumn> Columns) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
