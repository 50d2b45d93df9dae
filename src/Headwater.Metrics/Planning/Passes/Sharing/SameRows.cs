using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>Two trees of scans and joins that give the same rows, as one tree with the columns of both.</summary>
internal sealed class SameRows
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private SameRows(PlanNode first, PlanNode second) => Node = Merge(first, second);

    /// <summary>The rows with the columns of both; those of the first keep their names. Null if the trees differ, or are made of anything else.</summary>
    public PlanNode? Node { get; }

    /// <summary>Null if the trees differ, or are made of anything else.</summary>
    public static SameRows? Of(PlanNode first, PlanNode second) =>
        new SameRows(first, second) is { Node: not null } rows ? rows : null;

    /// <summary>An expression over the second's columns, over those of both.</summary>
    public PlanExpression Renamed(PlanExpression expression) =>
        expression.Replace(part => part is ColumnValue column ? new ColumnValue(Renamed(column.Name)) : null);

    /// <summary>What a column of the second is called.</summary>
    public string Renamed(string column) => _names.GetValueOrDefault(column, column);

    private PlanNode? Merge(PlanNode first, PlanNode second)
    {
        switch (first, second)
        {
            case (ScanNode one, ScanNode other) when one.Relation == other.Relation:
                var columns = one.Columns.ToList();
                foreach (var column in other.Columns)
                {
                    var known = columns.Find(item => item.Expression == column.Expression);
                    if (known is null)
                    {
                        columns.Add(column);
                    }

                    _names.Add(column.Name, (known ?? column).Name);
                }

                return one with
                {
                    Columns = columns,
                };
            case (JoinNode one, JoinNode other) when one.Kind == other.Kind && one.On.Count == other.On.Count:
                if (Merge(one.Left, other.Left) is not { } left || Merge(one.Right, other.Right) is not { } right)
                {
                    return null;
                }

                var isSame = one
                    .On.Zip(other.On)
                    .All(pair =>
                        pair.First
                        == pair.Second with
                        {
                            Left = Renamed(pair.Second.Left),
                            Right = Renamed(pair.Second.Right),
                        }
                    );
                return isSame ? one with { Left = left, Right = right } : null;
            default:
                return null;
        }
    }
}
