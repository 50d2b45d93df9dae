using Headwater.Metrics.Planning.Expressions;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>The same rows with a column more: their number within their partition, from 1.</summary>
/// <param name="Partition">Empty for one partition.</param>
/// <param name="Latest">The greatest of it comes first; null for any order.</param>
/// <param name="Ties">Among equals the least of these comes first.</param>
public sealed record RowNumberNode(
    PlanNode Input,
    string Name,
    IReadOnlyList<PlanExpression> Partition,
    PlanExpression? Latest,
    IReadOnlyList<PlanExpression> Ties
) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}
