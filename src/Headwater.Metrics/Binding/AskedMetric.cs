using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>A column of the result: a metric, or how it compares.</summary>
/// <param name="Name">The name that was asked for.</param>
public sealed record AskedMetric(string Name, Metric Metric, MetricVariant Variant);
