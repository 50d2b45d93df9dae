using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>Rows of two inputs side by side.</summary>
public sealed record JoinNode(PlanNode Left, PlanNode Right, JoinKind Kind, IReadOnlyList<JoinCondition> On) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Left, Right];
}

public enum JoinKind
{
    Inner,

    /// <summary>Rows of the left without a partner stay: the measure's own.</summary>
    Left,

    /// <summary>Rows of both sides without a partner stay.</summary>
    Full,

    /// <summary>Every row with every other; without conditions.</summary>
    Cross,
}

/// <param name="OrRightEmpty">Whether an empty right side fulfils it too: the end of a row that still holds.</param>
public sealed record JoinCondition(
    PlanExpression Left,
    ComparisonOperator Operator,
    PlanExpression Right,
    bool OrRightEmpty = false
)
{
    public static JoinCondition Equal(PlanExpression left, PlanExpression right) =>
        new(left, ComparisonOperator.Equal, right);
}
