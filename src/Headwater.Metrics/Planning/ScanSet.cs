using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Groups the measures of a query into as few scans as give the same answer: those of one table that share the time they are counted by.
/// </summary>
internal sealed class ScanSet(MetricPlanner planner, BoundQuery query, IReadOnlyList<RowRestriction> restrictions)
{
    private readonly List<Group> _groups = [];
    private readonly bool _usesTime = query
        .GroupBy.Concat(query.Where.SelectMany(condition => condition.Dimensions))
        .Any(reference => reference.IsMetricTime);

    public IReadOnlyList<AggregateScan> Scans { get; private set; } = [];

    /// <summary>Takes the measures of a metric.</summary>
    public void Collect(Metric metric)
    {
        foreach (var leaf in MetricLeaves.Of(metric))
        {
            var group = _groups.Find(group => group.Holds(leaf, UsesTime(leaf)));
            if (group is null)
            {
                group = new Group(leaf, UsesTime(leaf));
                _groups.Add(group);
            }

            group.Add(leaf);
        }
    }

    /// <summary>Makes the scans; after this outputs can be asked for.</summary>
    public void Close() => Scans = [.. _groups.Select(ToScan)];

    /// <summary>What a metric is computed from, under filters that lie over it.</summary>
    public OutputExpression Output(Metric metric, IReadOnlyList<FilterTemplate> above)
    {
        IReadOnlyList<FilterTemplate> filters = [.. above, .. metric.Filters];
        return metric switch
        {
            SimpleMetric simple => Aggregate(new MetricLeaf(simple, filters)),
            RatioMetric ratio => new RatioOutput(Input(ratio.Numerator, filters), Input(ratio.Denominator, filters)),
            DerivedMetric derived => new DerivedOutput(
                derived.Expression,
                derived.Inputs.ToDictionary(
                    input => input.Alias,
                    input => Input(input, filters),
                    StringComparer.OrdinalIgnoreCase
                )
            ),
            _ => throw new InvalidOperationException($"unknown metric type {metric.Type}"),
        };
    }

    private OutputExpression Input(MetricInput input, IReadOnlyList<FilterTemplate> above) =>
        Output(input.Metric, [.. above, .. input.Filters]);

    private AggregateOutput Aggregate(MetricLeaf leaf)
    {
        var scan = _groups.FindIndex(group => group.Holds(leaf, UsesTime(leaf)));
        return new AggregateOutput(scan, _groups[scan].IndexOf(leaf), leaf.Metric.FillNullsWith);
    }

    private bool UsesTime(MetricLeaf leaf) =>
        _usesTime || leaf.Filters.Any(filter => filter.Dimensions.Any(reference => reference.IsMetricTime));

    private AggregateScan ToScan(Group group)
    {
        var (model, measure) = (group.Model, group.TimeMeasure);
        var sources = new ScanSources(model.Relation);
        planner.AddQueryDimensions(sources, model, measure, query);
        var filters = planner.Filters(sources, model, measure, query, restrictions);
        foreach (var reference in group.Leaves.SelectMany(leaf => leaf.Filters).SelectMany(filter => filter.Dimensions))
        {
            planner.AddDimension(sources, model, measure, reference);
        }

        // One filter for all goes below the aggregation; different ones go to each aggregate, and rows that none wants are dropped.
        var shared = group.Leaves.Select(leaf => leaf.FilterKey()).Distinct().Count() > 1;
        var alternatives = group.Leaves.DistinctBy(leaf => leaf.FilterKey()).Select(leaf => leaf.Filters).ToList();
        if (alternatives.TrueForAll(templates => templates.Count > 0))
        {
            filters.Add(new DefinitionFilter(alternatives));
        }

        var aggregates = group.Leaves.Select(leaf => new PlannedAggregate(
            leaf.Metric.Measure,
            sources.AddToRoot(leaf.Metric.Measure.Expression),
            shared ? leaf.Filters : []
        ));
        return new AggregateScan(sources, query.GroupBy, [.. aggregates], filters);
    }

    private sealed class Group(MetricLeaf first, bool usesTime)
    {
        private readonly List<MetricLeaf> _leaves = [];

        public SemanticModel Model { get; } = first.Metric.Model;

        public Measure TimeMeasure { get; } = first.Metric.Measure;

        public IReadOnlyList<MetricLeaf> Leaves => _leaves;

        public bool Holds(MetricLeaf leaf, bool leafUsesTime) =>
            leaf.Metric.Model == Model
            && usesTime == leafUsesTime
            && (!usesTime || leaf.Metric.Measure.TimeDimension == TimeMeasure.TimeDimension);

        public void Add(MetricLeaf leaf)
        {
            if (IndexOf(leaf) < 0)
            {
                _leaves.Add(leaf);
            }
        }

        public int IndexOf(MetricLeaf leaf) =>
            _leaves.FindIndex(known =>
                known.Metric.Measure == leaf.Metric.Measure && known.FilterKey() == leaf.FilterKey()
            );
    }
}
