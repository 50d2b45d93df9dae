namespace Headwater.Metrics.Semantics;

/// <summary>One measure.</summary>
public sealed record SimpleMetric(MetricHeader Header, IReadOnlyList<FilterTemplate> Filters, MeasureInput Input)
    : Metric(Header, Filters)
{
    public override string Type => "simple";
}
