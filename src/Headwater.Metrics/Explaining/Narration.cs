using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Rendering;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Explaining;

/// <summary>Walks a plan from its tables up. Names of columns are the only ones of their kind in a plan, so one list of words serves all of it.</summary>
internal sealed class Narration
{
    private readonly ColumnWords _columns = new();
    private readonly ConditionWords _conditions;
    private readonly Dictionary<PlanNode, ToldRows> _shared = new(ReferenceEqualityComparer.Instance);

    public Narration() => _conditions = new ConditionWords(_columns);

    public List<string> Sentences { get; } = [];

    /// <summary>Tells how the rows of a node come about, and how a later step speaks of them.</summary>
    public ToldRows Visit(PlanNode node) =>
        node switch
        {
            ScanNode scan => Scan(scan),
            JoinNode join => Join(join),
            FilterNode filter => Visit(filter.Input).With(Where(filter.Filters)),
            AggregateNode aggregate => Aggregate(aggregate),
            CombineNode combine => Combine(combine),
            ComputeNode compute => Compute(compute),
            ProjectNode project => Project(project),
            BoundsNode bounds => Bounds(bounds),
            ExtremeNode extreme => Extreme(extreme),
            RowNumberNode number => Number(number),
            PeriodOffsetNode offset => Offset(offset),
            RetailYearsNode years => Years(years),
            SharedNode shared => Shared(shared),
            _ => throw new InvalidOperationException($"no words for {node.GetType().Name}"),
        };

    // What is read several times is told once.
    private ToldRows Shared(SharedNode node)
    {
        if (!_shared.TryGetValue(node, out var told))
        {
            _shared[node] = told = Visit(node.Input);
        }

        return told;
    }

    private ToldRows Scan(ScanNode scan)
    {
        foreach (var column in scan.Columns)
        {
            _columns.Name(column.Name, column.Expression);
        }

        return new ToldRows(scan.Relation.Name, []);
    }

    private ToldRows Join(JoinNode join)
    {
        var left = Visit(join.Left);
        var right = Visit(join.Right);
        var on = string.Join(" and ", join.On.Select(On));
        var clause = join.Kind switch
        {
            JoinKind.Cross => $"each row with each of {right.Brief}",
            JoinKind.Full => $"with {right.Brief} by {on} (rows of either without a partner stay)",
            JoinKind.Inner => $"joined to {right.Brief} by {on} (each row has exactly one)",
            _ when join.On.All(condition => condition.Operator == ComparisonOperator.Equal) =>
                $"joined to {right.Brief} by {on} (each row has at most one, and stays without)",
            _ => $"joined to {right.Brief} where {on} (rows without any stay)",
        };
        return left.With(clause);
    }

    private string On(JoinCondition condition)
    {
        var (left, right) = (_columns.Of(condition.Left), _columns.Of(condition.Right));
        var text =
            condition.Operator == ComparisonOperator.Equal && left == right
                ? left
                : $"{left} {ComparisonSymbols.Of(condition.Operator)} {right}";
        return condition.OrRightEmpty ? $"{text} or {right} is empty" : text;
    }

    private string Where(IReadOnlyList<PlannedFilter> filters) =>
        "where " + string.Join(" and ", filters.Select(_conditions.Of));

    private ToldRows Aggregate(AggregateNode node)
    {
        var rows = Visit(node.Input);
        var keys = node.Keys.Select(key => _columns.Of(key.Value)).ToList();
        foreach (var (key, words) in node.Keys.Zip(keys))
        {
            _columns.Name(key.Name, words);
        }

        if (node.Aggregates.Count == 0)
        {
            return Step($"Takes each combination of {Listed(keys)} of {rows}");
        }

        var done = node.Aggregates.Select(Done).ToList();
        foreach (var aggregate in node.Aggregates)
        {
            _columns.Name(aggregate.Name, Noun(aggregate));
        }

        return Step($"{Capital(Listed(done))} of {rows}{(keys.Count > 0 ? $", by {Listed(keys)}" : "")}");
    }

    private string Done(PlanAggregate aggregate) =>
        aggregate switch
        {
            MeasureAggregate measure => Done(measure.Measure, _columns.Find(measure.Column)) + Only(measure.Filters),
            RollupAggregate rollup =>
                $"adds up the kept {Word(rollup.Aggregation)} of {_columns.Find(rollup.Column)}{Only(rollup.Filters)}",
            PeriodAggregate period =>
                $"takes {Word(period.Aggregation)} of {_columns.Find(period.Column)} in the order of {_columns.Find(period.Time)}",
            _ => throw new InvalidOperationException($"no words for {aggregate.GetType().Name}"),
        };

    private string Noun(PlanAggregate aggregate) =>
        aggregate switch
        {
            MeasureAggregate measure => Noun(measure.Measure, _columns.Find(measure.Column)) + Only(measure.Filters),
            RollupAggregate rollup =>
                $"the {Word(rollup.Aggregation)} of {_columns.Find(rollup.Column)}{Only(rollup.Filters)}",
            PeriodAggregate period => $"{Word(period.Aggregation)} of {_columns.Find(period.Column)}",
            _ => throw new InvalidOperationException($"no words for {aggregate.GetType().Name}"),
        };

    private string Only(IReadOnlyList<BoundCondition> filters) =>
        filters.Count == 0 ? "" : $" (only where {string.Join(" and ", filters.Select(_conditions.Of))})";

    private static string Done(Measure measure, string column) =>
        measure.Aggregation switch
        {
            Aggregation.Sum => $"sums {column}",
            Aggregation.Count => $"counts {column} where it is not empty",
            Aggregation.CountDistinct => $"counts the different values of {column}",
            Aggregation.SumBoolean => $"counts the rows where {column} is true",
            Aggregation.Min or Aggregation.Max => $"takes the {Word(measure.Aggregation)} of {column}",
            _ => $"takes {Noun(measure, column)}",
        };

    private static string Noun(Measure measure, string column) =>
        measure.Aggregation switch
        {
            Aggregation.Percentile => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"the {measure.Percentile * 100}th percentile of {column}"
            ),
            _ => $"the {Word(measure.Aggregation)} of {column}",
        };

    private static string Word(Aggregation aggregation) =>
        aggregation switch
        {
            Aggregation.Sum => "sum",
            Aggregation.Min => "least",
            Aggregation.Max => "greatest",
            Aggregation.Count => "count",
            Aggregation.CountDistinct => "count of different values",
            Aggregation.SumBoolean => "count of rows that are true",
            Aggregation.Average => "average",
            Aggregation.Median => "median",
            _ => "percentile",
        };

    private static string Word(PeriodAggregation aggregation) =>
        aggregation switch
        {
            PeriodAggregation.First => "the first",
            PeriodAggregation.Last => "the last",
            _ => "the average",
        };

    private ToldRows Combine(CombineNode node)
    {
        var parts = node.Parts.Select(part => Visit(part.Node).ToString()).ToList();
        var keys = node.Keys.Select(_columns.Find).ToList();
        return Step(
            keys.Count == 0
                ? $"Puts {Listed(parts)} side by side in one row"
                : $"Puts {Listed(parts)} side by side for each {Listed(keys)}, keeping rows that only some of them have"
        );
    }

    private ToldRows Compute(ComputeNode node)
    {
        var rows = Visit(node.Input);
        var outputs = new OutputWords(_columns);
        foreach (var output in node.Outputs)
        {
            var words = outputs.Of(output.Expression);
            Step($"Computes {output.Name}: {words}");
            _columns.Name(output.Name, words);
        }

        foreach (var key in node.Keys)
        {
            _columns.Name(key.Name, _columns.Find(key.Column));
        }

        return Sentences.Count > 0 ? Last : rows;
    }

    private ToldRows Project(ProjectNode node)
    {
        var rows = Visit(node.Input);
        var columns = node.Columns.Select(column => _columns.Of(column.Value)).ToList();
        foreach (var (column, words) in node.Columns.Zip(columns))
        {
            _columns.Name(column.Name, words);
        }

        return Step($"Takes {Listed(columns)} of each row of {rows}");
    }

    private ToldRows Bounds(BoundsNode node)
    {
        var rows = Visit(node.Input);
        return Step(
            $"Takes the least and the greatest {Listed(node.Columns.Select(column => _columns.Find(column.Column)))} of {rows}"
        );
    }

    private ToldRows Extreme(ExtremeNode node)
    {
        var rows = Visit(node.Input);
        var each = node.Partition.Count == 0 ? "" : $" for each {Listed(node.Partition.Select(_columns.Of))}";
        _columns.Name(node.Name, $"the {(node.Greatest ? "last" : "first")} {_columns.Of(node.Value)}{each}");
        return Step($"Finds {_columns.Find(node.Name)} of {rows}");
    }

    private ToldRows Number(RowNumberNode node)
    {
        var rows = Visit(node.Input);
        var within = node.Partition.Count == 0 ? "" : $" within each {Listed(node.Partition.Select(_columns.Of))}";
        var order = node.Latest is null ? "" : $", the latest {_columns.Of(node.Latest)} first";
        _columns.Name(node.Name, "the number of the row");
        return Step($"Numbers the rows{within}{order}, of {rows}");
    }

    private ToldRows Offset(PeriodOffsetNode node)
    {
        var rows = Visit(node.Periods);
        var (time, period) = (_columns.Find(node.Time), _columns.Find(node.Period));
        var apart = $"{Math.Abs(node.Count)} {node.Name} {(node.Count < 0 ? "earlier" : "later")}";
        _columns.Name(node.From, time);
        _columns.Name(node.To, $"{time} {apart}");
        return Step($"Finds for each {time} the same place {apart}, by {period} of {rows}");
    }

    private ToldRows Years(RetailYearsNode node)
    {
        _columns.Name(node.Start, "the first day of the retail year");
        _columns.Name(node.Next, "the first day of the next retail year");
        return Step($"Lays out the retail years from {RetailYearsNode.First} to {RetailYearsNode.Last - 1}");
    }

    private ToldRows Last => new($"step {Sentences.Count}", []);

    private ToldRows Step(string sentence)
    {
        Sentences.Add(sentence + ".");
        return Last;
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    internal static string Listed(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}

/// <summary>Rows as a later sentence speaks of them.</summary>
/// <param name="Subject">A table, or an earlier step.</param>
/// <param name="Clauses">What was done to them since.</param>
internal sealed record ToldRows(string Subject, IReadOnlyList<string> Clauses)
{
    /// <summary>Within another clause.</summary>
    public string Brief => Clauses.Count == 0 ? Subject : $"{Subject} ({string.Join(", ", Clauses)})";

    public ToldRows With(string clause) => new(Subject, [.. Clauses, clause]);

    public override string ToString() => string.Join(", ", Clauses.Prepend(Subject));
}
