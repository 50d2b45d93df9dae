namespace Headwater.Metrics.Semantics;

/// <summary>A metric as part of another.</summary>
/// <param name="Alias">The name it has in the expression.</param>
/// <param name="Filters">Conditions for this use alone.</param>
/// <param name="Offset">The other time whose value is taken, or null.</param>
public sealed record MetricInput(
    Metric Metric,
    string Alias,
    IReadOnlyList<FilterTemplate> Filters,
    TimeOffset? Offset = null
);
