namespace Headwater.Metrics.Semantics;

/// <summary>An expression over other metrics.</summary>
/// <param name="Expression">SQL in which the inputs stand by name or alias.</param>
public sealed record DerivedMetric(
    MetricHeader Header,
    IReadOnlyList<FilterTemplate> Filters,
    string Expression,
    IReadOnlyList<MetricInput> Inputs
) : Metric(Header, Filters)
{
    public override string Type => "derived";
}
