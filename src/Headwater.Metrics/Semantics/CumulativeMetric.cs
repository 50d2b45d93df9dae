using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>A measure added up over time: over all time, a sliding window, or since a period began.</summary>
/// <param name="Window">How far back, or null.</param>
/// <param name="GrainToDate">The period since whose start it counts, or null; not together with a window.</param>
/// <param name="PeriodAggregation">Which of the days stands for a longer period that a query asks for.</param>
public sealed record CumulativeMetric(
    MetricHeader Header,
    IReadOnlyList<FilterTemplate> Filters,
    MeasureInput Input,
    PeriodLength? Window,
    PeriodKind? GrainToDate,
    PeriodAggregation PeriodAggregation
) : Metric(Header, Filters)
{
    public override string Type => "cumulative";
}

/// <summary>How values by day become a value by month.</summary>
public enum PeriodAggregation
{
    First,
    Last,
    Average,
}
