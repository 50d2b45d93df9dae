using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>Takes metrics apart into the measures that they are computed from.</summary>
public static class MetricLeaves
{
    /// <summary>The leaves in the order of the definition.</summary>
    public static IEnumerable<MetricLeaf> Of(Metric metric) => Of(metric, LeafContext.Empty);

    internal static IEnumerable<MetricLeaf> Of(Metric metric, LeafContext above)
    {
        var context = above.Under(metric.Filters);
        return metric switch
        {
            SimpleMetric simple => [context.Leaf(metric, simple.Input)],
            CumulativeMetric cumulative => [context.Leaf(metric, cumulative.Input)],
            RatioMetric ratio => Of(ratio.Numerator, context).Concat(Of(ratio.Denominator, context)),
            DerivedMetric derived => derived.Inputs.SelectMany(input => Of(input, context)),
            ConversionMetric conversion =>
            [
                context.Leaf(metric, conversion.Base),
                context.Leaf(metric, conversion.Base) with
                {
                    Conversion = conversion,
                },
            ],
            _ => throw new InvalidOperationException($"unknown metric type {metric.Type}"),
        };
    }

    private static IEnumerable<MetricLeaf> Of(MetricInput input, LeafContext above) =>
        Of(input.Metric, above.Under(input));
}

/// <summary>What lies over a metric: the filters and offsets of those that use it.</summary>
internal sealed record LeafContext(IReadOnlyList<LeafFilter> Filters, IReadOnlyList<TimeOffset> Offsets)
{
    public static LeafContext Empty { get; } = new([], []);

    /// <summary>The earlier period at which everything below is looked at, or null.</summary>
    public EarlierPeriod? Earlier { get; init; }

    public LeafContext Under(MetricInput input)
    {
        var moved = input.Offset is null ? this : this with { Offsets = [.. Offsets, input.Offset] };
        return moved.Under(input.Filters);
    }

    public LeafContext Under(IReadOnlyList<FilterTemplate> filters) =>
        filters.Count == 0 ? this : this with { Filters = With(filters, false) };

    public MetricLeaf Leaf(Metric metric, MeasureInput input) =>
        new(metric, input, With(input.Filters, true), Offsets) { Earlier = Earlier };

    private IReadOnlyList<LeafFilter> With(IReadOnlyList<FilterTemplate> filters, bool ofMeasure) =>
        [.. Filters, .. filters.Select(filter => new LeafFilter(filter, Offsets.Count, ofMeasure))];
}
