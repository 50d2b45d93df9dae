using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Collects what one scan of a table needs: its columns, the tables joined to the one-side of an entity, of each only the expressions that are
/// used, and the times under which its rows count. Then gives it as nodes.
/// </summary>
internal sealed class SourceBuilder
{
    private readonly PlanContext _context;
    private readonly SemanticModel? _model;
    private readonly JoinKind _kind;
    private readonly List<Table> _tables = [];
    private readonly List<(PlanNode Node, IReadOnlyList<JoinCondition> On)> _times = [];

    // Made at their first use: a time that nothing needs is no column of the scan.
    private readonly List<Lazy<PlanOperand>> _timeline = [];
    private readonly Dictionary<(FilterOperand, int), PlanOperand> _operands = [];

    /// <param name="context">What the whole plan shares.</param>
    /// <param name="relation">The table whose rows it is about.</param>
    /// <param name="model">What the table means; null for a time spine alone.</param>
    /// <param name="kind">How other tables are joined.</param>
    public SourceBuilder(PlanContext context, RelationName relation, SemanticModel? model, JoinKind kind)
    {
        _context = context;
        _model = model;
        _kind = kind;
        _tables.Add(new Table(relation, model, []));
    }

    /// <summary>The name of the root's dimension that is <c>metric_time</c>, or null.</summary>
    public string? TimeDimension { get; private set; }

    /// <summary>A time of the rows: 0 is their own, <see cref="Outermost"/> the one that the query sees.</summary>
    public PlanOperand Time(int level) => _timeline[level].Value;

    /// <summary>The index of the time under which the query sees the rows.</summary>
    public int Outermost => _timeline.Count - 1;

    /// <summary>A column of the root.</summary>
    public ColumnValue Root(string expression) => new(_tables[0].Add(expression, _context.Names));

    /// <summary>Sets the rows' own time.</summary>
    public void SetTime(string expression, Grain grain, string? dimension, ZoneConversion? zone = null)
    {
        TimeDimension = dimension;
        _timeline.Add(new Lazy<PlanOperand>(() => new PlanOperand(Root(expression), grain) { Zone = zone }));
    }

    /// <summary>Lets the rows count under other times too: each row once for each partner.</summary>
    public void AddTime(PlanNode node, PlanOperand time, IReadOnlyList<JoinCondition> on)
    {
        _times.Add((node, on));
        _timeline.Add(new Lazy<PlanOperand>(time));
    }

    /// <summary>Lets the rows count under another time that is computed from theirs.</summary>
    public void AddComputedTime(Func<PlanOperand> time) => _timeline.Add(new Lazy<PlanOperand>(time));

    /// <summary>Whether a reference means the time of the rows.</summary>
    public bool IsTime(DimensionReference reference) =>
        reference.IsMetricTime
        || (
            TimeDimension == reference.Name
            && _model is not null
            && _context.Resolver.Resolve(_model, reference.Bare) is { Path.Count: 0, IsTime: true }
        );

    /// <summary>What an operand is in the rows, seen under one of their times.</summary>
    public PlanOperand Operand(FilterOperand operand, int level)
    {
        if (!_operands.TryGetValue((operand, level), out var known))
        {
            known = operand switch
            {
                DimensionReference reference => Dimension(reference, level),
                MetricReference metric => Metric(metric),
                _ => throw new InvalidOperationException($"unknown operand {operand.GetType().Name}"),
            };
            _operands.Add((operand, level), known);
        }

        return known;
    }

    /// <summary>What a query shows for a dimension.</summary>
    public PlanExpression Key(DimensionReference reference)
    {
        var operand = Operand(reference, Outermost);
        return reference.Grain is { } grain
            ? new PeriodStart(operand.Local, grain)
            : operand.CalendarValue ?? operand.Local;
    }

    /// <summary>The key of the table that a dimension is joined from, empty where the join found no row; null for what the root itself has.</summary>
    public PlanExpression? Partner(DimensionReference reference)
    {
        var bare = reference.Bare;
        if (
            IsTime(bare)
            || _model is null
            || _context.Resolver.Resolve(_model, bare) is not { Path: [.., var last] } way
        )
        {
            return null;
        }

        var table = way.Path.Aggregate(0, Join);
        return new ColumnValue(_tables[table].Add(last.Entity.Expression, _context.Names));
    }

    public BoundCondition Bind(Condition condition, int level) =>
        new(
            condition,
            condition.Operands.Distinct().ToDictionary(operand => operand, operand => Operand(operand, level))
        );

    public PlanNode Build()
    {
        var node = _tables[0].Scan();
        foreach (var (time, on) in _times)
        {
            node = new JoinNode(time, node, on.Count == 0 ? JoinKind.Cross : JoinKind.Inner, on);
        }

        foreach (var table in _tables.Skip(1))
        {
            node = new JoinNode(node, table.Scan(), table.Kind ?? _kind, table.On);
        }

        return node;
    }

    private PlanOperand Dimension(DimensionReference reference, int level)
    {
        var bare = reference.Bare;
        if (reference.HasGrain)
        {
            var time = Operand(bare, level);
            return reference.CustomGrain is { } custom ? OwnPeriod(time, custom)
                : reference.Part is { } part ? new PlanOperand(new TimePart(time.Local, part), null)
                : time;
        }

        if (IsTime(bare))
        {
            return Time(level);
        }

        var resolved =
            (_model is null ? null : _context.Resolver.Resolve(_model, bare))
            ?? throw MetricDiagnostics.UnknownDimension.With(bare, _model?.Name).ToException();
        var table = 0;
        foreach (var step in resolved.Path)
        {
            table = Join(table, step);
        }

        return new PlanOperand(new ColumnValue(_tables[table].Add(resolved.Expression, _context.Names)), resolved.Grain)
        {
            Zone = _context.Metrics.ConversionOf(resolved.StoredZone),
        };
    }

    // Two dimensions over the same entity share one join.
    private int Join(int from, JoinStep step)
    {
        var key = new ColumnValue(_tables[from].Add(step.FromExpression, _context.Names));
        var known = _tables.FindIndex(table =>
            table.Key == key && ReferenceEquals(table.Model, step.Target) && table.Entity == step.Entity
        );
        if (known >= 0)
        {
            return known;
        }

        var isTimed = step.Target.Validity is not null && _timeline.Count > 0;
        var table = new Table(step.Target.Relation, step.Target, [])
        {
            Key = key,
            Entity = step.Entity,
            // Not every engine joins fully by more than equality.
            Kind = isTimed ? JoinKind.Left : null,
        };
        var on = new List<JoinCondition>
        {
            JoinCondition.Equal(key, new ColumnValue(table.Add(step.Entity.Expression, _context.Names))),
        };
        foreach (var partition in step.Target.Partitions)
        {
            // Partitions meet their like: those of the table before, or else of the root.
            foreach (var source in (int[])[from, 0])
            {
                if (_tables[source].Model?.FindDimension(partition.Name) is { IsPartition: true } own)
                {
                    on.Add(
                        JoinCondition.Equal(
                            Period(new ColumnValue(_tables[source].Add(own.Expression, _context.Names)), own.Grain),
                            Period(new ColumnValue(table.Add(partition.Expression, _context.Names)), partition.Grain)
                        )
                    );
                    break;
                }
            }
        }

        if (step.Target.Validity is { } validity && _timeline.Count > 0)
        {
            var time = Period(Time(0).Local, Time(0).Grain);
            on.Add(
                new JoinCondition(
                    time,
                    ComparisonOperator.GreaterOrEqual,
                    new ColumnValue(table.Add(validity.Start, _context.Names))
                )
            );
            on.Add(
                new JoinCondition(
                    time,
                    ComparisonOperator.Less,
                    new ColumnValue(table.Add(validity.End, _context.Names)),
                    OrRightEmpty: true
                )
            );
        }

        table.On = on;
        _tables.Add(table);
        return _tables.Count - 1;
    }

    private static PlanExpression Period(PlanExpression time, Grain? grain) =>
        grain is { } kept ? new PeriodStart(time, kept) : time;

    private PlanOperand OwnPeriod(PlanOperand time, string grain) =>
        _context.Metrics.FindCalendarGrain(grain) switch
        {
            null => CustomPeriod(time, grain),
            MovedGrain moved => time with { Calendar = moved, CalendarValue = new CalendarStart(time.Local, moved) },
            RetailGrain retail => time with { Calendar = retail, CalendarValue = RetailPeriod(time, retail) },
            var other => throw new InvalidOperationException($"unknown calendar grain {other.GetType().Name}"),
        };

    private RetailStart RetailPeriod(PlanOperand time, RetailGrain grain)
    {
        var start = new ColumnValue(_context.Names.Next("y"));
        var next = new ColumnValue(_context.Names.Next("y"));
        _tables.Add(
            new Table(
                null,
                null,
                [
                    new JoinCondition(time.Local, ComparisonOperator.GreaterOrEqual, start),
                    new JoinCondition(time.Local, ComparisonOperator.Less, next),
                ]
            )
            {
                Kind = JoinKind.Left,
                Node = new RetailYearsNode(grain.Years, start.Name, next.Name),
            }
        );
        return new RetailStart(time.Local, start, grain);
    }

    private PlanOperand CustomPeriod(PlanOperand time, string grain)
    {
        var spine =
            _context.Metrics.FindCustomGrain(grain)
            ?? throw MetricDiagnostics.UnknownCustomGrain.With(grain).ToException();
        var table = new Table(spine.Relation, null, []) { Kind = JoinKind.Left };
        table.On =
        [
            JoinCondition.Equal(
                new PeriodStart(time.Local, spine.Grain),
                new PeriodStart(new ColumnValue(table.Add(spine.Column, _context.Names)), spine.Grain)
            ),
        ];
        var column = new ColumnValue(table.Add(spine.CustomGrains[grain], _context.Names));
        _tables.Add(table);
        return new PlanOperand(column, null) { IsCustomPeriod = true };
    }

    private PlanOperand Metric(MetricReference reference)
    {
        var metric =
            _context.Metrics.Find(reference.Metric)
            ?? throw MetricDiagnostics.UnknownMetric.With(reference.Metric).ToException();
        var inner = _context.PlanMetric(metric, reference.GroupBy);
        var keys = reference.GroupBy.Select(_ => _context.Names.Next("e")).ToList();
        var value = _context.Names.Next("m");
        var compute = inner with
        {
            Keys = [.. inner.Keys.Select((key, index) => key with { Name = keys[index] })],
            Outputs = [inner.Outputs[0] with { Name = value }],
        };
        var on = ReferenceBinder
            .JoinKeys(reference)
            .Select((key, index) => JoinCondition.Equal(Operand(key, Outermost).Value, new ColumnValue(keys[index])))
            .ToList();
        _tables.Add(new Table(null, null, on) { Node = compute });
        return new PlanOperand(new ColumnValue(value), null);
    }

    private sealed class Table(RelationName? relation, SemanticModel? model, IReadOnlyList<JoinCondition> on)
    {
        private readonly List<ScanColumn> _columns = [];

        public SemanticModel? Model { get; } = model;

        public IReadOnlyList<JoinCondition> On { get; set; } = on;

        /// <summary>What it is joined by, on the side that was there.</summary>
        public ColumnValue? Key { get; init; }

        public Entity? Entity { get; init; }

        public JoinKind? Kind { get; init; }

        /// <summary>Rows that are no table's own.</summary>
        public PlanNode? Node { get; init; }

        public string Add(string expression, ColumnNames names)
        {
            foreach (var column in _columns)
            {
                if (column.Expression == expression)
                {
                    return column.Name;
                }
            }

            var name = names.Next("c");
            _columns.Add(new ScanColumn(name, expression));
            return name;
        }

        public PlanNode Scan() => Node ?? new ScanNode(relation!, [.. _columns]);
    }
}
