namespace Headwater.Metrics.Planning.Nodes;

/// <summary>Rows that several parts of a plan read and that are made once. The same object wherever they are read.</summary>
/// <param name="Name">What the rows are called in SQL.</param>
public sealed record SharedNode(PlanNode Input, string Name) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
