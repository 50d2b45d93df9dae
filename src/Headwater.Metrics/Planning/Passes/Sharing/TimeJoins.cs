using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>
/// Rows, and the joins with time spines under whose times they count. Each spine is joined by one equation between a function of its time and the time before
/// it, so that every time has one earlier one.
/// </summary>
/// <param name="Rows">The rows under their own time.</param>
/// <param name="Joins">Innermost first; without the rows that they join.</param>
internal sealed record TimeJoins(PlanNode Rows, IReadOnlyList<JoinNode> Joins)
{
    /// <summary>Null if rows are joined with times in any other way.</summary>
    public static TimeJoins? Of(PlanNode node)
    {
        switch (node)
        {
            case ScanNode:
                return new TimeJoins(node, []);
            case JoinNode { Kind: JoinKind.Left } join:
                return Of(join.Left) is { } below ? below with { Rows = join with { Left = below.Rows } } : null;
            case JoinNode
            {
                Kind: JoinKind.Inner,
                On: [{ Operator: ComparisonOperator.Equal, OrRightEmpty: false }]
            } join when IsPeriods(join.Left):
                return Of(join.Right) is { } inner ? inner with { Joins = [.. inner.Joins, join] } : null;
            default:
                return null;
        }
    }

    /// <summary>Names of the spines' columns.</summary>
    public IEnumerable<string> Columns =>
        Joins.SelectMany(join =>
            join.Left is AggregateNode periods
                ? periods.Keys.Select(key => key.Name)
                : ((ScanNode)join.Left).Columns.Select(column => column.Name)
        );

    /// <summary>The time by which rows meet the first spine; null without one.</summary>
    public PeriodStart? Own => Joins is [var first, ..] ? first.On[0].Right as PeriodStart : null;

    private static bool IsPeriods(PlanNode node) =>
        node is ScanNode { Columns.Count: 1 } or AggregateNode { Keys.Count: 1, Aggregates.Count: 0, Input: ScanNode };
}
