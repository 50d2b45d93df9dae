using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>The rows that leaves of one shape count, under the times by which they count.</summary>
internal sealed class LeafRows
{
    private readonly BoundQuery _query;
    private readonly PlanContext _context;
    private readonly LeafGroup _group;
    private readonly List<PlannedFilter> _filters = [];

    public LeafRows(BoundQuery query, PlanContext context, LeafGroup group)
    {
        _query = query;
        _context = context;
        _group = group;
        var leaf = group.First;
        Source = new SourceBuilder(context, leaf.Model.Relation, leaf.Model, JoinKind.Left);
        var time = DimensionResolver.MetricTime(leaf.Model, leaf.Measure);
        Source.SetTime(
            time.Expression,
            time.Grain!.Value,
            leaf.Measure.TimeDimension,
            context.Metrics.ConversionOf(time.StoredZone)
        );
        BaseGrain = FindBaseGrain(time.Grain.Value);
        if (group.Accumulation is { } cumulative)
        {
            Accumulate(cumulative);
        }

        // The innermost offset moves the rows first.
        foreach (var offset in leaf.Offsets.Reverse())
        {
            Move(offset);
        }

        // No join: a row counts once, under the period that comes so many later.
        Inner = Source.Outermost;
        if (leaf.Earlier is { } earlier)
        {
            Source.AddComputedTime(() =>
            {
                var period = new PeriodStart(Source.Time(Inner).Local, earlier.Shown);
                return new PlanOperand(new ShiftedTime(period, earlier.Unit, earlier.Count), earlier.Shown);
            });
        }
    }

    public SourceBuilder Source { get; }

    /// <summary>The time that the outermost definition sees, whichever period is compared with.</summary>
    public int Inner { get; }

    /// <summary>The period by which time is counted where rows meet a time spine.</summary>
    public Grain BaseGrain { get; }

    /// <summary>The rows that the query and the rules admit, and that one of the leaves counts.</summary>
    /// <param name="isShared">Whether one filter of the definitions holds for all leaves, so that aggregates need none.</param>
    public PlanNode Build(out bool isShared)
    {
        var filters = new List<PlannedFilter>(RowRules.On(Source, _group.First.Model, _context));
        filters.AddRange(_query.Where.Select(condition => new QueryFilter(Bind(condition))));
        var distinct = _group.Leaves.DistinctBy(item => item.Leaf.FilterKey).Select(item => Bind(item.Leaf)).ToList();
        isShared = distinct.Count == 1;
        if (distinct.TrueForAll(conditions => conditions.Count > 0))
        {
            filters.Add(new DefinitionFilter(distinct));
        }

        filters.AddRange(_filters);
        filters.AddRange(OwnTimes(filters));
        var node = Source.Build();
        return filters.Count == 0 ? node : new FilterNode(node, filters);
    }

    /// <summary>The filters of a leaf, each under the time that it sees.</summary>
    public IReadOnlyList<BoundCondition> Bind(MetricLeaf leaf) =>
        [.. leaf.Filters.Select(filter => Source.Bind(Read(filter.Template.Condition), Inner - filter.OffsetsAbove))];

    // What is asked of the shown period is asked of the earlier one, moved by as much.
    private BoundCondition Bind(Condition condition) =>
        _group.First.Earlier is { } earlier
        && ShiftedTimes.Earlier(condition, IsTime, earlier.Unit, earlier.Count) is { } moved
            ? Source.Bind(moved, Inner)
            : Source.Bind(condition, Source.Outermost);

    // What follows for the rows' own time from what is asked of a later one.
    private List<PlannedFilter> OwnTimes(IEnumerable<PlannedFilter> asked)
    {
        // Hours of the business's clock are shown twice when it is set back.
        if (Inner == 0 || (Source.Time(0).Zone is not null && BaseGrain < Grain.Day))
        {
            return [];
        }

        var seen = Source.Time(Inner).Local;
        var span = asked
            .Conjuncts()
            .OfType<QueryFilter>()
            .Select(filter => AskedSpan.Of(filter.Condition, value => value.Local == seen))
            .Aggregate(default(AskedSpan), (all, next) => all.And(next));
        var times = new EarlierTimes(BaseGrain);
        foreach (var offset in _group.First.Offsets)
        {
            span = times.Through(offset, span);
        }

        if (_group.Accumulation is { } cumulative)
        {
            span = times.Through(cumulative, span);
        }

        var own = new DimensionReference([], DimensionReference.MetricTime, null);
        return [.. span.Conditions(own).Select(condition => new QueryFilter(Source.Bind(condition, 0)))];
    }

    private bool IsTime(FilterOperand operand) => operand is DimensionReference reference && Source.IsTime(reference);

    // A grain of the project's own looks like a dimension until the spines are known.
    private Condition Read(Condition condition) => new OperandReader(_context.Metrics).Read(condition);

    private Grain FindBaseGrain(Grain kept)
    {
        var usual = DefaultGrains.OfDimension(kept);
        var shown = _group.TimeKeys.Count == 0 ? usual : Spines.Finest(_group.TimeKeys.Values, _context);
        var finest = shown < usual ? shown : usual;
        foreach (var offset in _group.First.Offsets)
        {
            if (offset is WindowOffset { Length.Grain: { } unit } && unit < finest && unit >= kept)
            {
                finest = unit;
            }
        }

        return finest;
    }

    private void Accumulate(CumulativeMetric cumulative)
    {
        var times = new SpineTimes(BaseGrain, _context, cumulative.Name);
        var own = new PeriodStart(Source.Time(0).Local, BaseGrain);
        var on = new List<JoinCondition> { new(own, ComparisonOperator.LessOrEqual, times.Time) };
        if (cumulative.Window is { } window)
        {
            // A window that reaches back beyond the spine holds all there is.
            on.Add(
                new JoinCondition(
                    own,
                    ComparisonOperator.Greater,
                    times.Before(window),
                    OrRightEmpty: SpineTimes.PlainUnit(window, _context.Metrics) is null
                )
            );
        }
        else if (cumulative.GrainToDate is { } period)
        {
            on.Add(new JoinCondition(own, ComparisonOperator.GreaterOrEqual, times.StartOf(period)));
        }

        Source.AddTime(times.Node, new PlanOperand(times.Time, BaseGrain), on);
    }

    private void Move(TimeOffset offset)
    {
        var asker = _group.First.Metric.Name;
        var own = new PeriodStart(Source.Time(Source.Outermost).Local, BaseGrain);
        if (offset is WindowOffset { Length: { Custom: not null } length })
        {
            var apart = SpineTimes.Offset(length, BaseGrain, _context, asker);
            Source.AddTime(
                apart,
                new PlanOperand(new ColumnValue(apart.To), apart.Step),
                [JoinCondition.Equal(new PeriodStart(new ColumnValue(apart.From), apart.Step), own)]
            );
            return;
        }

        var times = new SpineTimes(BaseGrain, _context, asker);
        var from = offset switch
        {
            WindowOffset window => times.Before(window.Length),
            StartOfPeriod start => times.StartOf(start.Period),
            _ => throw new InvalidOperationException($"unknown offset {offset.GetType().Name}"),
        };
        if (offset is StartOfPeriod)
        {
            KeepFirstOfPeriods(times);
        }

        Source.AddTime(times.Node, new PlanOperand(times.Time, BaseGrain), [JoinCondition.Equal(from, own)]);
    }

    // The start of the month seen by week is what it is on each week's first day, not its sum over the days of the week.
    private void KeepFirstOfPeriods(SpineTimes times)
    {
        var shown = _group
            .TimeKeys.Values.Where(reference => reference.Grain is not null || reference.CustomGrain is not null)
            .Select(reference => new PeriodKind(reference.Grain, reference.CustomGrain))
            .Distinct()
            .ToList();
        if (shown.Count > 0 && !shown.Exists(period => period.Grain == BaseGrain))
        {
            _filters.Add(
                new EqualValues([.. shown.Select(period => (times.StartOf(period), (PlanExpression)times.Time))])
            );
        }
    }
}
