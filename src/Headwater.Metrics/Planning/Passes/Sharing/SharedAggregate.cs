using System.Globalization;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>
/// An aggregation under the own periods of its rows from which others take their groups too. It reads the span of time that any of them asks for; each takes its
/// periods of it. For one plan and one thread.
/// </summary>
internal sealed class SharedAggregate
{
    private readonly AggregateNode _base;
    private readonly IReadOnlyList<PlannedFilter> _filters;
    private readonly List<MeasureAggregate> _aggregates;
    private readonly List<Func<SharedNode, PlanNode>> _readers = [];
    private PlanNode _rows;
    private AskedSpan _span;

    // Once an aggregation under other periods is one of the readers:
    private PeriodStart? _period;
    private List<BoundCondition> _asked = [];

    public SharedAggregate(AggregateNode first)
    {
        _base = first;
        (_rows, _filters) = FilteredRows.Of(first.Input);
        _aggregates = [.. first.Aggregates.Cast<MeasureAggregate>()];
    }

    /// <summary>Lets another aggregation read it; false if it would read other rows or other groups.</summary>
    public bool Add(AggregateNode other) =>
        OtherPeriods.Of(other) is { } moved ? AddMoved(other, moved) : AddSame(other);

    /// <summary>The shared groups, and in their place each of the aggregations: the first one, then the others in the order in which they were added.</summary>
    /// <param name="name">What the groups are called.</param>
    public IReadOnlyList<PlanNode> Build(string name)
    {
        var filters = _filters.Where(filter => !IsAsked(filter)).Concat(Span());
        var shared = new SharedNode(
            _base with
            {
                Input = FilteredRows.On(_rows, [.. filters]),
                Aggregates = _aggregates,
            },
            name
        );
        return [.. _readers.Prepend(groups => Own(groups, _base, Names(_base))).Select(read => read(shared))];
    }

    private bool AddSame(AggregateNode other)
    {
        var (input, filters) = FilteredRows.Of(other.Input);
        if (SameRows.Of(_rows, input) is not { } rows || Unshared(filters, _filters, rows) is not { Count: 0 })
        {
            return false;
        }

        var isSame =
            other.Keys.Count == _base.Keys.Count
            && other.Keys.Zip(_base.Keys).All(pair => rows.Renamed(pair.First.Value) == pair.Second.Value);
        if (!isSame)
        {
            return false;
        }

        _rows = rows.Node!;
        var aggregates = Take(other, rows);
        _readers.Add(groups => Own(groups, other, aggregates));
        return true;
    }

    private bool AddMoved(AggregateNode other, OtherPeriods moved)
    {
        if (SameRows.Of(_rows, moved.Rows) is not { } rows || other.Keys.Count != _base.Keys.Count)
        {
            return false;
        }

        var period = (PeriodStart)rows.Renamed(moved.Own);
        if (
            _base.Keys.FirstOrDefault(key => key.Value == period) is not { Name: var column }
            || (_period is not null && _period != period)
            || moved.Keys(_base.Keys, rows) is not { } keys
            || Asked(period, column) is not { } asked
            || Unshared(moved.Filters, [.. _filters.Where(filter => !IsOf(filter, period))], rows) is not { } unshared
        )
        {
            return false;
        }

        var conditions = unshared
            .Select(filter => filter is QueryFilter query ? moved.Condition(query.Condition, period, column) : null)
            .ToList();
        var span = Span(unshared, period);
        var own = Span(_filters.Where(filter => IsOf(filter, period)), period);
        if (conditions.Contains(null) || (_period is null ? own : _span).IsApartFrom(span))
        {
            return false;
        }

        _span = (_period is null ? own : _span).Or(span);
        (_period, _asked, _rows) = (period, asked, rows.Node!);
        var aggregates = Take(other, rows);
        _readers.Add(groups => new ProjectNode(
            FilteredRows.On(
                moved.Move(groups, rows, column),
                [.. conditions.Select(condition => new QueryFilter(condition!))]
            ),
            [.. keys, .. aggregates]
        ));
        return true;
    }

    private ProjectNode Own(SharedNode groups, AggregateNode node, IReadOnlyList<NamedExpression> aggregates) =>
        new(
            FilteredRows.On(groups, [.. _asked.Select(condition => new QueryFilter(condition))]),
            [
                .. node
                    .Keys.Zip(_base.Keys)
                    .Select(pair => pair.First with { Value = new ColumnValue(pair.Second.Name) }),
                .. aggregates,
            ]
        );

    private static List<NamedExpression> Names(AggregateNode node) =>
        [.. node.Aggregates.Select(item => new NamedExpression(item.Name, new ColumnValue(item.Name)))];

    // What each aggregate of another is called here.
    private List<NamedExpression> Take(AggregateNode other, SameRows rows)
    {
        var names = new List<NamedExpression>();
        foreach (var aggregate in other.Aggregates.Cast<MeasureAggregate>())
        {
            var renamed = aggregate with
            {
                Column = rows.Renamed(aggregate.Column),
                Filters = [.. aggregate.Filters.Select(filter => filter.Map(rows.Renamed))],
            };
            var words = Words(renamed);
            var known = _aggregates.Find(item => item.Measure == renamed.Measure && Words(item) == words);
            if (known is null)
            {
                _aggregates.Add(renamed);
            }

            names.Add(new NamedExpression(aggregate.Name, new ColumnValue((known ?? renamed).Name)));
        }

        return names;

        static string Words(MeasureAggregate aggregate) =>
            $"{aggregate.Column}: {string.Join("; ", aggregate.Filters.Select(FilterWords.Of))}";
    }

    // What the other asks besides all of some filters; null if it does not ask all of them.
    private static List<PlannedFilter>? Unshared(
        IReadOnlyList<PlannedFilter> others,
        IReadOnlyList<PlannedFilter> shared,
        SameRows rows
    )
    {
        var renamed = others.Select(filter => filter.Map(rows.Renamed)).ToList();
        if (renamed.Contains(null))
        {
            return null;
        }

        foreach (var filter in shared)
        {
            var words = FilterWords.Of(filter);
            var index = words is null ? -1 : renamed.FindIndex(other => FilterWords.Of(other!) == words);
            if (index < 0)
            {
                return null;
            }

            renamed.RemoveAt(index);
        }

        return [.. renamed.Select(filter => filter!)];
    }

    private bool IsAsked(PlannedFilter filter) => _period is { } period && IsOf(filter, period);

    // Whether a condition is about nothing but the time.
    private static bool IsOf(PlannedFilter filter, PeriodStart period) =>
        filter is QueryFilter { Condition: var condition }
        && condition.Own().All(item => item.Value.Local == period.Time || OwnPeriods.Tell(item.Value.Value, period));

    private List<BoundCondition>? Asked(PeriodStart period, string column)
    {
        var asked = _filters
            .Where(filter => IsOf(filter, period))
            .Select(filter => OwnPeriods.Condition(((QueryFilter)filter).Condition, period, column))
            .ToList();
        return asked.Contains(null) ? null : [.. asked.Select(condition => condition!)];
    }

    private static AskedSpan Span(IEnumerable<PlannedFilter> filters, PeriodStart period) =>
        filters
            .OfType<QueryFilter>()
            .Select(filter => AskedSpan.Of(filter.Condition, value => value.Local == period.Time))
            .Aggregate(default(AskedSpan), (span, next) => span.And(next));

    private IEnumerable<PlannedFilter> Span()
    {
        // What bounds the span bounds the first aggregation: there is a condition that names its time.
        var times = _filters
            .Where(IsAsked)
            .SelectMany(filter => ((QueryFilter)filter).Condition.Own())
            .Where(item => item.Value is { Grain: not null } value && value.Local == _period!.Time);
        foreach (
            var (comparison, bound) in ((ComparisonOperator, DateTime?)[])
                [(ComparisonOperator.GreaterOrEqual, _span.From), (ComparisonOperator.Less, _span.Until)]
        )
        {
            if (bound is { } instant)
            {
                var (operand, value) = times.First();
                var time = ((DimensionReference)operand).Bare;
                var text = instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
                yield return new QueryFilter(
                    new BoundCondition(
                        new Comparison(time, comparison, text),
                        new Dictionary<FilterOperand, PlanOperand>
                        {
                            [time] = value with { Calendar = null, CalendarValue = null },
                        }
                    )
                );
            }
        }
    }
}
