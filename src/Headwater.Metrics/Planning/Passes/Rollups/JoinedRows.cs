using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>
/// The rows of one table with those that join them, and what each column holds in words that are the same in every plan: the table, how it was
/// joined, and the expression over it.
/// </summary>
internal sealed class JoinedRows
{
    private readonly Dictionary<string, string> _meanings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JoinNode> _owners = new(StringComparer.Ordinal);

    private JoinedRows(PlanNode node, ScanNode root)
    {
        Node = node;
        Root = root;
    }

    public PlanNode Node { get; }

    public ScanNode Root { get; }

    /// <summary>Null if the rows are something else: numbered, or the last of each group.</summary>
    public static JoinedRows? Of(PlanNode node)
    {
        if (FindRoot(node) is not { } root)
        {
            return null;
        }

        var rows = new JoinedRows(node, root);
        rows.Read(node);
        return rows;
    }

    /// <summary>The scan of the table whose rows are counted, whatever is done to them; null if there is none.</summary>
    public static ScanNode? FindRoot(PlanNode node, bool throughAll = false) =>
        node switch
        {
            ScanNode scan => scan,
            JoinNode { Kind: JoinKind.Left } join => FindRoot(join.Left, throughAll),
            // The times under which rows count stand on the left of them.
            JoinNode { Kind: JoinKind.Inner or JoinKind.Cross } join => FindRoot(join.Right, throughAll),
            FilterNode filter when throughAll => FindRoot(filter.Input, true),
            ExtremeNode extreme when throughAll => FindRoot(extreme.Input, true),
            RowNumberNode number when throughAll => FindRoot(number.Input, true),
            _ => null,
        };

    /// <summary>What an expression over the rows holds; null if it is of something that is no table joined by its keys.</summary>
    public string? Meaning(PlanExpression expression) =>
        expression switch
        {
            ColumnValue column => _meanings.GetValueOrDefault(column.Name),
            PeriodStart period => Meaning(period.Time) is { } time ? MeaningOf(period.Grain, time) : null,
            LocalTime local => Meaning(local.Time) is { } time
                ? $"local({time}, {local.Zone.Stored} to {local.Zone.Business})"
                : null,
            CalendarStart start => Meaning(start.Time) is { } time ? $"{start.Grain}({time})" : null,
            TimePart part => Meaning(part.Time) is { } time ? $"part {part.Part}({time})" : null,
            ShiftedTime shifted => Meaning(shifted.Time) is { } time
                ? $"shift({time}, {shifted.Count} {shifted.Grain})"
                : null,
            _ => null,
        };

    public static string MeaningOf(Grain grain, string time) => $"{grain}({time})";

    /// <summary>True for a column of what is neither the root nor a table joined to it by keys.</summary>
    public bool IsForeign(string column) => !_meanings.ContainsKey(column);

    /// <summary>The join that brought a column; null for one of the root.</summary>
    public JoinNode? Owner(string column) => _owners.GetValueOrDefault(column);

    private void Read(PlanNode node)
    {
        switch (node)
        {
            case ScanNode scan:
                foreach (var column in scan.Columns)
                {
                    _meanings[column.Name] = $"{scan.Relation}.({column.Expression})";
                }

                break;
            case JoinNode { Kind: JoinKind.Left } join:
                Read(join.Left);
                if (join.Right is ScanNode target)
                {
                    ReadJoined(join, target);
                }

                break;
            case JoinNode join:
                Read(join.Right);
                break;
        }
    }

    private void ReadJoined(JoinNode join, ScanNode target)
    {
        var own = target.Columns.ToDictionary(column => column.Name, column => $"@({column.Expression})");
        var conditions = new List<string>();
        foreach (var condition in join.On)
        {
            if (Meaning(condition.Left) is not { } left || Own(condition.Right) is not { } right)
            {
                return;
            }

            conditions.Add($"{left} {condition.Operator}{(condition.OrRightEmpty ? " or empty" : "")} {right}");
        }

        var place = $"{target.Relation}[{string.Join("; ", conditions)}]";
        foreach (var column in target.Columns)
        {
            _meanings[column.Name] = $"{place}.({column.Expression})";
            _owners[column.Name] = join;
        }

        string? Own(PlanExpression expression) =>
            expression switch
            {
                ColumnValue column => own.GetValueOrDefault(column.Name),
                PeriodStart period => Own(period.Time) is { } time ? MeaningOf(period.Grain, time) : null,
                _ => null,
            };
    }
}
