using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>A measure as a metric uses it, with every filter on the way down to it.</summary>
public sealed record MetricLeaf(SimpleMetric Metric, IReadOnlyList<FilterTemplate> Filters)
{
    /// <summary>Equal for leaves that count the same rows.</summary>
    internal string FilterKey() => string.Join('\u0001', Filters.Select(filter => filter.Text));
}

/// <summary>Takes metrics apart into the measures that they are computed from.</summary>
public static class MetricLeaves
{
    public static IEnumerable<MetricLeaf> Of(Metric metric) => Of(metric, []);

    /// <summary>The leaves under filters that lie over the metric, in the order of its definition.</summary>
    public static IEnumerable<MetricLeaf> Of(Metric metric, IReadOnlyList<FilterTemplate> above)
    {
        IReadOnlyList<FilterTemplate> filters = [.. above, .. metric.Filters];
        return metric switch
        {
            SimpleMetric simple => [new MetricLeaf(simple, filters)],
            RatioMetric ratio => OfInput(ratio.Numerator, filters).Concat(OfInput(ratio.Denominator, filters)),
            DerivedMetric derived => derived.Inputs.SelectMany(input => OfInput(input, filters)),
            _ => throw new InvalidOperationException($"unknown metric type {metric.Type}"),
        };
    }

    private static IEnumerable<MetricLeaf> OfInput(MetricInput input, IReadOnlyList<FilterTemplate> above) =>
        Of(input.Metric, [.. above, .. input.Filters]);
}
