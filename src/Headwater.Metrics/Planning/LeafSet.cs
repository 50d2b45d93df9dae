using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Outputs;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Groups the measures of a query into as few scans as give the same answer: those of one table that count the same rows under the same
/// time.
/// </summary>
internal sealed class LeafSet(BoundQuery query, PlanContext context)
{
    private readonly Dictionary<LeafShape, LeafGroup> _groups = [];
    private readonly List<LeafGroup> _order = [];

    // The rows of a slowly changing dimension are found by the measure's time too.
    private readonly bool _usesTime =
        query.Dimensions.Any(reference => reference.IsMetricTime)
        || context.Metrics.Models.Any(model => model.Validity is not null);

    /// <summary>Takes the measures of a metric.</summary>
    /// <exception cref="DiagnosticException">HW4117: the metric depends on time and the query shows none.</exception>
    public void Collect(AskedMetric asked)
    {
        var metric = asked.Metric;
        var leaves = asked.Variant switch
        {
            EarlierValue { Difference: Difference.None } only => MetricLeaves.Of(metric, At(only)),
            EarlierValue both => MetricLeaves.Of(metric).Concat(MetricLeaves.Of(metric, At(both))),
            _ => MetricLeaves.Of(metric),
        };
        foreach (var leaf in leaves)
        {
            var timeKeys = TimeKeys(leaf);
            Check(metric, leaf, timeKeys.Count > 0);
            var shape = Shape(leaf, timeKeys.Count > 0);
            if (!_groups.TryGetValue(shape, out var group))
            {
                group = new LeafGroup(shape, timeKeys);
                _groups.Add(shape, group);
                _order.Add(group);
            }

            group.Add(leaf, context.Names);
        }
    }

    /// <summary>The aggregated rows of every group.</summary>
    public IReadOnlyList<CombineInput> Plan() =>
        [
            .. _order.Select(group => new CombineInput(
                group.First.Conversion is null
                    ? new LeafPlanner(query, context, group).Plan()
                    : new ConversionPlanner(query, context, group).Plan(),
                [.. group.Leaves.Select(item => item.Column)]
            )),
        ];

    /// <summary>What a column is computed from.</summary>
    public OutputExpression Output(AskedMetric asked)
    {
        var value = asked.Variant is EarlierValue earlier
            ? Output(asked.Metric, At(earlier))
            : Output(asked.Metric, LeafContext.Empty);
        return asked.Variant switch
        {
            PlainValue or EarlierValue { Difference: Difference.None } => value,
            EarlierValue { Difference: Difference.Change } => new DifferenceOutput(Now(), value),
            EarlierValue => new RatioOutput(new DifferenceOutput(Now(), value), value),
            ShareOfTotal share => new ShareOutput(value, share.InPeriod ? Keys(true) : []),
            RunningTotal running => new RunningTotalOutput(value, running.Aggregation, Keys(false), Keys(true)),
            RankOfValue => new RankOutput(value, InPercent: false),
            PercentileOfValue => new RankOutput(value, InPercent: true),
            _ => throw new InvalidOperationException($"unknown variant {asked.Variant.GetType().Name}"),
        };

        OutputExpression Now() => Output(asked.Metric, LeafContext.Empty);
    }

    private static LeafContext At(EarlierValue earlier) => LeafContext.Empty with { Earlier = earlier.Period };

    private List<string> Keys(bool ofTime) =>
        [
            .. query
                .GroupBy.Select((reference, index) => (reference, Name: MetricPlanner.KeyName(index)))
                .Where(item => item.reference.IsMetricTime == ofTime)
                .Select(item => item.Name),
        ];

    private OutputExpression Output(Metric metric, LeafContext above)
    {
        var lower = above.Under(metric.Filters);
        return metric switch
        {
            SimpleMetric simple => Aggregate(lower.Leaf(metric, simple.Input)),
            CumulativeMetric cumulative => Aggregate(lower.Leaf(metric, cumulative.Input)),
            RatioMetric ratio => new RatioOutput(Output(ratio.Numerator, lower), Output(ratio.Denominator, lower)),
            DerivedMetric derived => new DerivedOutput(
                derived.Expression,
                derived.Inputs.ToDictionary(
                    input => input.Alias,
                    input => Output(input, lower),
                    StringComparer.OrdinalIgnoreCase
                )
            ),
            ConversionMetric conversion => Conversion(conversion, lower.Leaf(metric, conversion.Base)),
            _ => throw new InvalidOperationException($"unknown metric type {metric.Type}"),
        };
    }

    private OutputExpression Output(MetricInput input, LeafContext above) => Output(input.Metric, above.Under(input));

    private OutputExpression Conversion(ConversionMetric conversion, MetricLeaf opportunities)
    {
        var conversions = Aggregate(opportunities with { Conversion = conversion });
        return conversion.AsRate ? new RatioOutput(conversions, Aggregate(opportunities)) : conversions;
    }

    private AggregateOutput Aggregate(MetricLeaf leaf)
    {
        var group = _groups[Shape(leaf, TimeKeys(leaf).Count > 0)];
        var input = leaf.Conversion?.Conversion ?? leaf.Input;
        return new AggregateOutput(group.Find(leaf)!, input.FillNullsWith);
    }

    private LeafShape Shape(MetricLeaf leaf, bool showsTime) =>
        LeafShape.Of(
            leaf,
            _usesTime
                || leaf.Filters.Any(filter =>
                    filter.Template.Condition.Dimensions.Any(reference => reference.IsMetricTime)
                ),
            showsTime
        );

    private void Check(Metric metric, MetricLeaf leaf, bool showsTime)
    {
        var slides = leaf.Metric is CumulativeMetric { Window: not null } or CumulativeMetric { GrainToDate: not null };
        var isBounded = query
            .Where.SelectMany(condition => condition.Dimensions)
            .Any(reference => IsTime(leaf, reference));
        if (!showsTime && (slides || (leaf.Offsets.Count > 0 && !isBounded)))
        {
            throw MetricDiagnostics
                .NeedsTime.With(metric.Name)
                .Offering(Binding.VariantBinder.TimesToShow)
                .ToException();
        }
    }

    private Dictionary<int, DimensionReference> TimeKeys(MetricLeaf leaf)
    {
        var keys = new Dictionary<int, DimensionReference>();
        for (var index = 0; index < query.GroupBy.Count; index++)
        {
            if (IsTime(leaf, query.GroupBy[index]))
            {
                keys.Add(index, query.GroupBy[index]);
            }
        }

        return keys;
    }

    private bool IsTime(MetricLeaf leaf, DimensionReference reference) =>
        reference.IsMetricTime
        || (
            reference.Name == leaf.Measure.TimeDimension
            && context.Resolver.Resolve(leaf.Model, reference.Bare) is { Path.Count: 0, IsTime: true }
        );
}
