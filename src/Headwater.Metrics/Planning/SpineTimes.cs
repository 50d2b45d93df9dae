using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>
/// The periods of a time spine, each once, with what is asked of them: where the longer periods that hold them begin, and which times lie some periods
/// earlier. Of the project's own periods that is more than an expression over the time. For one thread.
/// </summary>
internal sealed class SpineTimes
{
    private readonly Grain _grain;
    private readonly PlanContext _context;
    private readonly string _asker;
    private readonly List<NamedExpression> _columns;
    private PlanNode _node;

    /// <param name="grain">The periods.</param>
    /// <param name="context">What the whole plan shares.</param>
    /// <param name="asker">The metric that needs them.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW4119: there is no spine so fine.</exception>
    public SpineTimes(Grain grain, PlanContext context, string asker)
    {
        _grain = grain;
        _context = context;
        _asker = asker;
        (_node, Time) = Spines.Periods(grain, context, asker);
        _columns = [new NamedExpression(Time.Name, Time)];
    }

    public ColumnValue Time { get; }

    /// <summary>The rows: after all that is needed of them was asked for.</summary>
    public PlanNode Node => _columns.Count == 1 ? _node : new ProjectNode(_node, _columns);

    /// <summary>The first instant of the longer period that holds the time.</summary>
    public PlanExpression StartOf(PeriodKind kind) =>
        kind switch
        {
            { Grain: { } grain } => new PeriodStart(Time, grain),
            _ when _context.Metrics.FindCalendarGrain(kind.Name) is MovedGrain moved => new CalendarStart(Time, moved),
            _ when _context.Metrics.FindCalendarGrain(kind.Name) is RetailGrain retail => Add(Retail(retail)),
            _ => Add(FirstOf(kind.Name)),
        };

    /// <summary>The same place some periods earlier; empty where the spine does not reach back so far.</summary>
    public PlanExpression Before(PeriodLength length)
    {
        if (PlainUnit(length, _context.Metrics) is { } unit)
        {
            return new ShiftedTime(Time, unit, -length.Count);
        }

        var offset = Offset(length with { Count = -length.Count }, _grain, _context, _asker);
        _node = new JoinNode(
            _node,
            offset,
            JoinKind.Left,
            [JoinCondition.Equal(new PeriodStart(Time, offset.Step), new ColumnValue(offset.From))]
        );
        return Add(new ColumnValue(offset.To));
    }

    /// <summary>The plain period as long as those of a length, or null where they differ in length by rule or by table.</summary>
    public static Grain? PlainUnit(PeriodLength length, MetricModel metrics) =>
        length.Grain ?? metrics.FindCalendarGrain(length.Custom!)?.Unit;

    /// <summary>Which times lie some of the project's own periods apart: each time has another, so that whole periods move whole.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW4118: no such periods. HW4119: there is no spine so fine.</exception>
    public static PeriodOffsetNode Offset(PeriodLength length, Grain grain, PlanContext context, string asker)
    {
        var name = length.Custom!;
        var (node, time, period, step) = context.Metrics.FindCalendarGrain(name) is not null
            ? OfCalendar(name, grain < Grain.Day ? Grain.Day : grain, context, asker)
            : OfTable(name, context);
        return new PeriodOffsetNode(
            node,
            time,
            period,
            step,
            name,
            length.Count,
            context.Names.Next("t"),
            context.Names.Next("t")
        );
    }

    private static (PlanNode Node, string Time, string Period, Grain Step) OfCalendar(
        string name,
        Grain step,
        PlanContext context,
        string asker
    )
    {
        var times = new SpineTimes(step, context, asker);
        var period = times.Add(times.StartOf(new PeriodKind(null, name)));
        return (times.Node, times.Time.Name, period.Name, step);
    }

    private static (PlanNode Node, string Time, string Period, Grain Step) OfTable(string name, PlanContext context)
    {
        var spine =
            context.Metrics.FindCustomGrain(name)
            ?? throw MetricDiagnostics.UnknownCustomGrain.With(name).ToException();
        var (time, period) = (context.Names.Next("t"), context.Names.Next("t"));
        var scan = new ScanNode(
            spine.Relation,
            [new ScanColumn(time, spine.Column), new ScanColumn(period, spine.CustomGrains[name])]
        );
        return (scan, time, period, spine.Grain);
    }

    private RetailStart Retail(RetailGrain grain)
    {
        var (start, next) = (new ColumnValue(_context.Names.Next("y")), new ColumnValue(_context.Names.Next("y")));
        _node = new JoinNode(
            _node,
            new RetailYearsNode(grain.Years, start.Name, next.Name),
            JoinKind.Left,
            [
                new JoinCondition(Time, Conditions.ComparisonOperator.GreaterOrEqual, start),
                new JoinCondition(Time, Conditions.ComparisonOperator.Less, next),
            ]
        );
        return new RetailStart(Time, start, grain);
    }

    private ColumnValue FirstOf(string grain)
    {
        var (scan, time, period, step) = OfTable(grain, _context);
        var first = _context.Names.Next("t");
        _node = new JoinNode(
            _node,
            new ExtremeNode(scan, first, new ColumnValue(time), Greatest: false, [new ColumnValue(period)]),
            JoinKind.Left,
            [JoinCondition.Equal(new PeriodStart(Time, step), new PeriodStart(new ColumnValue(time), step))]
        );
        return new ColumnValue(first);
    }

    private ColumnValue Add(PlanExpression value)
    {
        if (value is ColumnValue known && _columns.Exists(column => column.Name == known.Name))
        {
            return known;
        }

        var name = _context.Names.Next("t");
        _columns.Add(new NamedExpression(name, value));
        return new ColumnValue(name);
    }
}
