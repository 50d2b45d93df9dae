using System.Text.RegularExpressions;
using Headwater.Kernel.Names;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes;

/// <summary>
/// Turns left joins into inner ones where every row is proven to have its partner: the same rows, and engines run these two to five times as
/// fast.
/// </summary>
internal sealed partial class InnerJoins(IJoinProofs proofs) : PlanRewriter
{
    /// <summary>True if a join was changed: the plan is right only while the proofs hold.</summary>
    public bool ReliesOnProofs { get; private set; }

    protected override PlanNode Rewrite(PlanNode node)
    {
        if (
            node
                is JoinNode
                {
                    Kind: JoinKind.Left,
                    Right: ScanNode target,
                    On: [
                        {
                            Operator: ComparisonOperator.Equal,
                            OrRightEmpty: false,
                            Left: ColumnValue key,
                            Right: ColumnValue partner,
                        },
                    ],
                } join
            && FindOwn(join.Left, key.Name) is var (relation, column)
            && PlainName(target, partner.Name) is { } targetColumn
            && proofs.AlwaysMatches(relation, column, target.Relation, targetColumn)
        )
        {
            ReliesOnProofs = true;
            return join with { Kind = JoinKind.Inner };
        }

        return node;
    }

    // The table's column that a column of some rows is, where each of the rows has a row of that table in it: not beyond an outer join.
    private static (RelationName Relation, string Column)? FindOwn(PlanNode rows, string name) =>
        rows switch
        {
            ScanNode scan => PlainName(scan, name) is { } column ? (scan.Relation, column) : null,
            FilterNode filter => FindOwn(filter.Input, name),
            JoinNode { Kind: JoinKind.Inner or JoinKind.Cross } join => FindOwn(join.Left, name)
                ?? FindOwn(join.Right, name),
            JoinNode { Kind: JoinKind.Left } join => FindOwn(join.Left, name),
            _ => null,
        };

    // Proofs are about columns: of an expression nothing is known.
    private static string? PlainName(ScanNode scan, string name) =>
        scan.Columns.FirstOrDefault(column => column.Name == name) is { } found && Plain().IsMatch(found.Expression)
            ? found.Expression
            : null;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z_0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
