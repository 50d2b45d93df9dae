using System.Globalization;
using System.Text;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Rendering;

/// <summary>
/// Writes the nodes of one plan. Scans, joins and filters below another node become its FROM and WHERE, so that a plan is as few SELECTs as
/// it can be.
/// </summary>
internal sealed class NodeRenderer
{
    private readonly ExpressionRenderer _expressions;
    private readonly FilterRenderer _filters;
    private readonly AggregateRenderer _aggregates;
    private readonly OutputRenderer _outputs;
    private readonly SqlDialect _dialect;
    private readonly TableRenderer _tables;
    private int _aliases;

    public NodeRenderer(ExpressionRenderer expressions, ParameterList parameters, IColumnMasks masks)
    {
        var conditions = new ConditionRenderer(expressions, parameters);
        _expressions = expressions;
        _dialect = expressions.Dialect;
        _filters = new FilterRenderer(expressions, conditions, parameters);
        _aggregates = new AggregateRenderer(expressions, conditions);
        _outputs = new OutputRenderer(_dialect);
        _tables = new TableRenderer(_dialect, parameters, masks);
    }

    /// <summary>A whole SELECT of a node's columns.</summary>
    public string Select(PlanNode node) =>
        node switch
        {
            AggregateNode aggregate => Aggregate(aggregate),
            ProjectNode project => Rows(Named(project.Columns), project.Input).ToString(),
            ExtremeNode extreme => Rows(
                    $"*, {(extreme.Greatest ? "max" : "min")}({_expressions.Render(extreme.Value)}) OVER ({Partition(extreme.Partition)}) AS {extreme.Name}",
                    extreme.Input
                )
                .ToString(),
            RowNumberNode number => Rows($"*, {RowNumber(number)} AS {number.Name}", number.Input).ToString(),
            CombineNode combine => Combine(combine),
            ComputeNode compute => Compute(compute),
            BoundsNode bounds => Bounds(bounds),
            PeriodOffsetNode offset => PeriodOffset(offset),
            RetailYearsNode years => RetailYears(years),
            _ => Rows("*", node).ToString(),
        };

    /// <summary>A SELECT of some columns over the rows of a node.</summary>
    public StringBuilder Rows(string columns, PlanNode node)
    {
        var filters = new List<PlannedFilter>();
        while (node is FilterNode filter)
        {
            filters.InsertRange(0, filter.Filters);
            node = filter.Input;
        }

        // What is written first has the first parameters; the order of the text is that of the lists.
        var text = new StringBuilder("SELECT ").Append(columns).Append("\nFROM ").Append(From(node));
        if (filters.Count > 0)
        {
            text.Append("\nWHERE ").AppendJoin(" AND ", filters.Select(_filters.Render));
        }

        return text;
    }

    private string From(PlanNode node) =>
        node switch
        {
            ScanNode scan => $"({Scan(scan)}) AS {Alias()}",
            SharedNode shared => shared.Name,
            // The side with more tables comes first, so that none needs brackets.
            JoinNode { Kind: JoinKind.Inner or JoinKind.Cross, Right: JoinNode right } join =>
                $"{From(right)}{Joined(join, join.Left)}",
            JoinNode join => $"{From(join.Left)}{Joined(join, join.Right)}",
            _ => $"({Indent(Select(node))}) AS {Alias()}",
        };

    private string Joined(JoinNode join, PlanNode other)
    {
        var word = join.Kind switch
        {
            JoinKind.Inner => "JOIN",
            JoinKind.Left => "LEFT JOIN",
            JoinKind.Full => "FULL JOIN",
            _ => "CROSS JOIN",
        };
        var on = join.On.Count == 0 ? "" : $" ON {string.Join(" AND ", join.On.Select(Condition))}";
        return $"\n{word} {(other is JoinNode ? $"({From(other)})" : From(other))}{on}";
    }

    private string Condition(JoinCondition condition)
    {
        var right = _expressions.Render(condition.Right);
        var text = $"{_expressions.Render(condition.Left)} {ComparisonSymbols.Of(condition.Operator)} {right}";
        return condition.OrRightEmpty ? $"({text} OR {right} IS NULL)" : text;
    }

    private string Scan(ScanNode scan)
    {
        // A table of which only the rows count still needs a column to select.
        var columns =
            scan.Columns.Count == 0
                ? "1 AS c0"
                : string.Join(", ", scan.Columns.Select(column => $"{Author(column.Expression)} AS {column.Name}"));
        return $"SELECT {columns} FROM {_tables.Render(scan.Relation)}";
    }

    private string Aggregate(AggregateNode node)
    {
        var columns = node
            .Keys.Select(key => $"{_expressions.Render(key.Value)} AS {key.Name}")
            .Concat(node.Aggregates.Select(item => $"{_aggregates.Render(item, node.Keys.Count > 0)} AS {item.Name}"));
        var text = Rows(string.Join(", ", columns), node.Input);
        if (node.Keys.Count > 0)
        {
            text.Append("\nGROUP BY ").AppendJoin(", ", Enumerable.Range(1, node.Keys.Count));
        }

        return text.ToString();
    }

    private string Compute(ComputeNode node)
    {
        var columns = node
            .Keys.Select(key => $"{key.Column} AS {_dialect.Quote(key.Name)}")
            .Concat(node.Outputs.Select(o => $"{_outputs.Render(o.Expression)} AS {_dialect.Quote(o.Name)}"));
        return Rows(string.Join(", ", columns), node.Input).ToString();
    }

    private string Bounds(BoundsNode node)
    {
        var columns = node.Columns.SelectMany(column =>
            (string[])
                [
                    $"min({column.Column}) AS {_dialect.Quote(column.Name + "__min")}",
                    $"max({column.Column}) AS {_dialect.Quote(column.Name + "__max")}",
                ]
        );
        return Rows(string.Join(", ", columns), node.Input).ToString();
    }

    /// <summary>
    /// Parts meet by stacking and grouping again rather than by full outer joins: every engine can do it for any number of parts and for
    /// empty keys, and each input has one row a group, so that its value is the only one. What gives no row comes first and lends the others' nulls
    /// their types, which some engines settle branch by branch.
    /// </summary>
    private string Combine(CombineNode node)
    {
        var all = node.Parts.SelectMany(part => part.Columns).ToList();
        var names = node.Parts.Select(_ => Alias()).ToList();
        var branches = node.Parts.Select(
            (part, index) =>
            {
                var columns = node.Parts.SelectMany(
                    (other, place) => place == index ? part.Columns : other.Columns.Select(name => $"NULL AS {name}")
                );
                return $"SELECT {string.Join(", ", node.Keys.Concat(columns))} FROM {names[index]}";
            }
        );
        var typed =
            $"SELECT {string.Join(", ", node.Keys.Select(key => $"{names[0]}.{key}").Concat(all))} FROM {string.Join(", ", names)} WHERE false";
        var text = new StringBuilder("WITH ");
        // Parameters are counted in the order in which they are written: what is shared comes first.
        text.AppendJoin(
            ", ",
            Shared(node)
                .Select(shared => $"{shared.Name} AS ({Indent(Select(shared.Input))})")
                .Concat(node.Parts.Select((part, index) => $"{names[index]} AS ({Indent(Select(part.Node))})"))
        );
        text.Append("\nSELECT ")
            .AppendJoin(", ", node.Keys.Concat(all.Select(name => $"{_dialect.OnlyValue(name)} AS {name}")))
            .Append("\nFROM (")
            .Append(Indent(string.Join("\nUNION ALL\n", branches.Prepend(typed))))
            .Append(") AS ")
            .Append(Alias());
        if (node.Keys.Count > 0)
        {
            text.Append("\nGROUP BY ").AppendJoin(", ", node.Keys);
        }

        return text.ToString();
    }

    // Rows that are shared by parts of a combination below belong there.
    private static IEnumerable<SharedNode> Shared(PlanNode node) =>
        node
            .Inputs.SelectMany(input =>
                input switch
                {
                    SharedNode shared => [shared],
                    CombineNode => [],
                    _ => Shared(input),
                }
            )
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<SharedNode>();

    private string PeriodOffset(PeriodOffsetNode node)
    {
        var rows = From(node.Periods);
        var other = node.Count < 0 ? "lag" : "lead";
        var count = Math.Abs(node.Count);
        var later = _expressions.Later("first_time", "n - 1", node.Step);
        return $"""
            SELECT t AS {node.From}, CASE WHEN {later} <= last_time THEN {later} ELSE last_time END AS {node.To}
            FROM (SELECT {node.Time} AS t, {node.Period} AS g, row_number() OVER (PARTITION BY {node.Period} ORDER BY {node.Time}) AS n FROM {rows}) AS d
            JOIN (
              SELECT p, {other}(first_of, {count}) OVER (ORDER BY first_of) AS first_time, {other}(last_of, {count}) OVER (ORDER BY first_of) AS last_time
              FROM (SELECT {node.Period} AS p, min({node.Time}) AS first_of, max({node.Time}) AS last_of FROM {rows} GROUP BY 1) AS q
            ) AS o ON g = p
            WHERE first_time IS NOT NULL
            """;
    }

    private static string RetailYears(RetailYearsNode node)
    {
        var rows = Enumerable
            .Range(RetailYearsNode.First, RetailYearsNode.Last - RetailYearsNode.First)
            .Select(year =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"(DATE '{node.Years.Start(year):yyyy-MM-dd}', DATE '{node.Years.Start(year + 1):yyyy-MM-dd}')"
                )
            );
        return $"SELECT * FROM (VALUES {string.Join(", ", rows)}) AS y({node.Start}, {node.Next})";
    }

    private string RowNumber(RowNumberNode node)
    {
        var window = Partition(node.Partition);
        if (node.Latest is { } latest)
        {
            var order = node.Ties.Select(_expressions.Render).Prepend($"{_expressions.Render(latest)} DESC NULLS LAST");
            window += $"{(window.Length > 0 ? " " : "")}ORDER BY {string.Join(", ", order)}";
        }

        return $"row_number() OVER ({window})";
    }

    private string Partition(IReadOnlyList<Planning.Expressions.PlanExpression> partition) =>
        partition.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", partition.Select(_expressions.Render))}";

    private string Named(IReadOnlyList<Planning.Expressions.NamedExpression> columns) =>
        string.Join(
            ", ",
            columns.Select(column =>
                _expressions.Render(column.Value) is var value && value == column.Name
                    ? value
                    : $"{value} AS {column.Name}"
            )
        );

    private string Alias() => string.Create(CultureInfo.InvariantCulture, $"s{_aliases++}");

    private string Author(string expression) =>
        expression.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
        && (char.IsAsciiLetter(expression[0]) || expression[0] == '_')
            ? _dialect.QuoteWord(expression)
            : $"({expression})";

    private static string Indent(string text) => "\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n";
}
