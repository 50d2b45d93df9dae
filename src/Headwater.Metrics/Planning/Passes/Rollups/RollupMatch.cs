using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>
/// Tries to compute one aggregation from a rollup: each of its expressions has to be one of the rollup's keys, a coarser period of one, or a column of
/// a table that can still be joined to it. For one aggregation and one thread.
/// </summary>
/// <remarks>
/// Right because the rows of a group of the rollup are alike in everything that is asked of them, so that they pass filters, meet partners and fall
/// into groups together.
/// </remarks>
internal sealed class RollupMatch(
    RollupCandidate candidate,
    JoinedRows rows,
    ColumnNames names,
    IReadOnlyDictionary<string, string> keyNames
)
{
    private readonly RollupTable _table = candidate.Table;
    private readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);

    // Tables that the rollup does not hold everything of: they are joined to it as they were to the rows.
    private readonly HashSet<JoinNode> _joined = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why it cannot be; null if it can.</summary>
    public RollupRefusal? WhyNot { get; private set; }

    /// <summary>The aggregation over the rollup, or null.</summary>
    public PlanNode? Rewrite(AggregateNode node, IReadOnlyList<PlannedFilter> filters)
    {
        var aggregates = node.Aggregates.Select(item => Aggregate((MeasureAggregate)item)).ToList();
        var keys = node.Keys.Select(Key).ToList();
        var kept = filters.Select(Filter).ToList();
        if (WhyNot is not null || Rows(rows.Node) is not { } input)
        {
            return null;
        }

        input = kept.Count == 0 ? input : new FilterNode(input, [.. kept.Select(filter => filter!)]);
        return new AggregateNode(input, [.. keys.Select(key => key!)], [.. aggregates.Select(item => item!)]);
    }

    private RollupAggregate? Aggregate(MeasureAggregate aggregate)
    {
        var measure = aggregate.Measure;
        var parts = RollupPart.Of(measure);
        if (parts.Count == 0)
        {
            var isDistinct = measure.Aggregation == Aggregation.CountDistinct;
            Refuse(isDistinct ? RollupObstacle.DistinctValues : RollupObstacle.NotAdditive, measure.Name);
            return null;
        }

        if (!parts.All(_table.Parts.ContainsKey))
        {
            Refuse(RollupObstacle.MeasureMissing, measure.Name);
            return null;
        }

        var filters = aggregate.Filters.Select(Condition).ToList();
        if (filters.Contains(null))
        {
            return null;
        }

        var column = _table.Parts[parts[0]];
        return new RollupAggregate(
            aggregate.Name,
            measure.Aggregation,
            Use(column),
            parts.Count > 1 ? Use(_table.Parts[parts[1]]) : null,
            candidate.Types[column],
            [.. filters.Select(filter => filter!)]
        );
    }

    private NamedExpression? Key(NamedExpression key)
    {
        var value = Expression(key.Value, out var isGrain);
        if (value is null)
        {
            Refuse(
                isGrain ? RollupObstacle.Grain : RollupObstacle.KeyMissing,
                keyNames.GetValueOrDefault(key.Name, "the time")
            );
            return null;
        }

        return key with
        {
            Value = value,
        };
    }

    private PlannedFilter? Filter(PlannedFilter filter)
    {
        switch (filter)
        {
            case QueryFilter query:
                return Condition(query.Condition) is { } condition ? new QueryFilter(condition) : null;
            case DefinitionFilter definition:
                var alternatives = definition
                    .Alternatives.Select(conditions => conditions.Select(Condition).ToList())
                    .ToList();
                return alternatives.Exists(conditions => conditions.Contains(null))
                    ? null
                    : new DefinitionFilter([
                        .. alternatives.Select(conditions =>
                            (IReadOnlyList<BoundCondition>)[.. conditions.Select(item => item!)]
                        ),
                    ]);
            case RestrictionFilter restriction:
                if (Expression(restriction.Value, out _) is { } value)
                {
                    return restriction with { Value = value };
                }

                Refuse(RollupObstacle.RuleMissing, restriction.Restriction.Dimension.ToString());
                return null;
            case EqualValues equal:
                var pairs = equal
                    .Pairs.Select(pair => (Left: Expression(pair.Left, out _), Right: Expression(pair.Right, out _)))
                    .ToList();
                if (pairs.TrueForAll(pair => pair is { Left: not null, Right: not null }))
                {
                    return new EqualValues([.. pairs.Select(pair => (pair.Left!, pair.Right!))]);
                }

                Refuse(RollupObstacle.Grain, "the time");
                return null;
            default:
                Refuse(RollupObstacle.OnlyAnEnd, "the query");
                return null;
        }
    }

    private BoundCondition? Condition(BoundCondition bound)
    {
        var operands = new Dictionary<FilterOperand, PlanOperand>();
        foreach (var (operand, value) in bound.Operands)
        {
            if (Operand(bound, operand, value, out var isGrain) is not { } rewritten)
            {
                Refuse(isGrain ? RollupObstacle.Grain : RollupObstacle.FilterMissing, operand.ToString()!);
                return null;
            }

            operands.Add(operand, rewritten);
        }

        return bound with
        {
            Operands = operands,
        };
    }

    private PlanOperand? Operand(BoundCondition bound, FilterOperand operand, PlanOperand value, out bool isGrain)
    {
        isGrain = false;
        var calendar = value.CalendarValue is null ? null : Expression(value.CalendarValue, out isGrain);
        if (calendar is null != value.CalendarValue is null)
        {
            return null;
        }

        // Of a time only its period is known: that is enough where the condition falls on whole periods.
        if (
            value.Grain is not null
            && rows.Meaning(value.Local) is { } time
            && _table.Times.TryGetValue(time, out var known)
        )
        {
            isGrain = true;
            foreach (var (grain, column) in known)
            {
                if (TimeFit.Holds(bound.Condition, operand, value, grain))
                {
                    return value with { Value = new ColumnValue(Use(column)), Zone = null, CalendarValue = calendar };
                }
            }

            return null;
        }

        return Expression(value.Value, out isGrain) is { } rewritten
            ? value with
            {
                Value = rewritten,
                CalendarValue = calendar,
            }
            : null;
    }

    /// <summary>The same value over the rollup; null if it cannot be had.</summary>
    /// <param name="isGrain">True if the rollup knows the time by longer or other periods only.</param>
    private PlanExpression? Expression(PlanExpression expression, out bool isGrain)
    {
        isGrain = false;
        if (rows.Meaning(expression) is { } meaning && _table.Keys.TryGetValue(meaning, out var key))
        {
            return new ColumnValue(Use(key));
        }

        switch (expression)
        {
            case ColumnValue column:
                return Column(column, out isGrain);
            case PeriodStart period:
                return Period(period.Time, period.Grain, out isGrain) is { } time ? period with { Time = time } : null;
            case CalendarStart start:
                return Period(start.Time, start.Grain.MadeOf, out isGrain) is { } first
                    ? start with
                    {
                        Time = first,
                    }
                    : null;
            case RetailStart retail:
                return Period(retail.Time, Grain.Day, out isGrain) is { } day ? retail with { Time = day } : null;
            case LocalTime local:
                return Expression(local.Time, out isGrain) is { } kept ? local with { Time = kept } : null;
            case TimePart part:
                return Period(part.Time, part.Part.Needs(), out isGrain) is { } whole
                    ? part with
                    {
                        Time = whole,
                    }
                    : null;
            case ShiftedTime shifted:
                return Expression(shifted.Time, out isGrain) is { } moved ? shifted with { Time = moved } : null;
            default:
                return null;
        }
    }

    private PlanExpression? Period(PlanExpression time, Grain grain, out bool isGrain)
    {
        isGrain = false;
        if (rows.Meaning(time) is not { } meaning || !_table.Times.TryGetValue(meaning, out var known))
        {
            return Expression(time, out isGrain);
        }

        isGrain = true;
        foreach (var (finer, column) in known)
        {
            if (finer.Divides(grain))
            {
                return new ColumnValue(Use(column));
            }
        }

        return null;
    }

    private ColumnValue? Column(ColumnValue column, out bool isGrain)
    {
        isGrain = rows.Meaning(column) is { } meaning && _table.Times.ContainsKey(meaning);
        if (rows.IsForeign(column.Name))
        {
            return column;
        }

        if (rows.Owner(column.Name) is not { } join || isGrain)
        {
            return null;
        }

        // Joined to the rollup instead, if what it is joined by is there.
        if (!_joined.Contains(join))
        {
            if (join.On.Any(condition => Expression(condition.Left, out _) is null))
            {
                return null;
            }

            _joined.Add(join);
        }

        return column;
    }

    private PlanNode? Rows(PlanNode node)
    {
        switch (node)
        {
            case JoinNode { Kind: JoinKind.Left } join:
                var isDropped =
                    join.Right is ScanNode { Columns: [var first, ..] }
                    && !rows.IsForeign(first.Name)
                    && !_joined.Contains(join);
                if (isDropped)
                {
                    return Rows(join.Left);
                }

                var on = join
                    .On.Select(condition =>
                        Joined(condition.Left, join.Right) is { } left ? condition with { Left = left } : null
                    )
                    .ToList();
                if (on.Contains(null))
                {
                    Refuse(RollupObstacle.KeyMissing, "what a filter or grain joins by");
                    return null;
                }

                return Rows(join.Left) is { } rewritten
                    ? join with
                    {
                        Left = rewritten,
                        On = [.. on.Select(condition => condition!)],
                    }
                    : null;
            case JoinNode join:
                var both = join
                    .On.Select(condition =>
                        (condition, Expression(condition.Left, out _), Expression(condition.Right, out _))
                    )
                    .ToList();
                if (both.Exists(item => item.Item2 is null || item.Item3 is null))
                {
                    Refuse(RollupObstacle.Grain, "the time");
                    return null;
                }

                return Rows(join.Right) is { } right
                    ? join with
                    {
                        Right = right,
                        On = [.. both.Select(item => item.condition with { Left = item.Item2!, Right = item.Item3! })],
                    }
                    : null;
            default:
                // Last of all: every column that is used is known by now.
                return new ScanNode(_table.Relation, [.. _used.Select(pair => new ScanColumn(pair.Value, pair.Key))]);
        }
    }

    // Retail years begin with days: the day of a time is in the same one.
    private PlanExpression? Joined(PlanExpression key, PlanNode partner) =>
        partner is RetailYearsNode ? Period(key, Grain.Day, out _) : Expression(key, out _);

    private string Use(string column)
    {
        if (!_used.TryGetValue(column, out var name))
        {
            name = names.Next("u");
            _used.Add(column, name);
        }

        return name;
    }

    private void Refuse(RollupObstacle obstacle, string subject) => WhyNot ??= new RollupRefusal(obstacle, subject);
}
