using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>The grain of a time that a query names without one: days, unless the data or the metric says more.</summary>
internal static class DefaultGrains
{
    /// <summary>The grain of <c>metric_time</c> for some metrics; days for none.</summary>
    public static Grain OfMetricTime(IReadOnlyList<Metric> metrics) =>
        metrics.Select(OfMetricTime).DefaultIfEmpty(Grain.Day).Max();

    private static Grain OfMetricTime(Metric metric) =>
        metric.Header.DefaultGrain
        ?? MetricLeaves
            .Of(metric)
            .Select(leaf => OfDimension(DimensionResolver.MetricTime(leaf.Model, leaf.Measure).Grain!.Value))
            .Max();

    /// <summary>The grain of a time that is kept by some grain.</summary>
    public static Grain OfDimension(Grain kept) => (Grain)Math.Max((int)kept, (int)Grain.Day);
}
