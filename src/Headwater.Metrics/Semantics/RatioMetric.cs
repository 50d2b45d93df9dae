namespace Headwater.Metrics.Semantics;

/// <summary>One metric divided by another; nothing where the divisor is zero.</summary>
public sealed record RatioMetric(
    MetricHeader Header,
    IReadOnlyList<FilterTemplate> Filters,
    MetricInput Numerator,
    MetricInput Denominator
) : Metric(Header, Filters)
{
    public override string Type => "ratio";
}
