using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>How the rows of a leaf are read: leaves of one shape share a scan.</summary>
/// <param name="Model">The semantic model's name.</param>
/// <param name="Time">The time dimension, or null where the query does not look at it.</param>
/// <param name="Offsets">The offsets, as text.</param>
/// <param name="Earlier">The earlier period that is looked at, or null.</param>
/// <param name="Accumulation">How it adds up over time, as text; null if it does not.</param>
/// <param name="JoinsSpine">Whether empty periods join.</param>
/// <param name="NonAdditive">The time of which only an end counts, as text.</param>
/// <param name="Conversion">The metric whose conversions are counted.</param>
/// <param name="OwnFilters">The filters, where rows have to be filtered before anything is done to all of them.</param>
internal sealed record LeafShape(
    string Model,
    string? Time,
    string Offsets,
    EarlierPeriod? Earlier,
    string? Accumulation,
    bool JoinsSpine,
    string? NonAdditive,
    string? Conversion,
    string? OwnFilters
)
{
    public static LeafShape Of(MetricLeaf leaf, bool usesTime, bool showsTime)
    {
        var cumulative = showsTime ? leaf.Metric as CumulativeMetric : null;
        var joinsSpine = showsTime && (leaf.Conversion?.Conversion ?? leaf.Input).JoinToTimeSpine;
        var nonAdditive = leaf.Measure.NonAdditive;
        var needsTime =
            usesTime || cumulative is not null || joinsSpine || leaf.Offsets.Count > 0 || leaf.Earlier is not null;
        var isOwn = joinsSpine || nonAdditive is not null || leaf.Conversion is not null;
        return new LeafShape(
            leaf.Model.Name,
            needsTime ? leaf.Measure.TimeDimension : null,
            string.Join('\u0001', leaf.Offsets),
            leaf.Earlier,
            cumulative is null ? null : $"{cumulative.Window} {cumulative.GrainToDate} {cumulative.PeriodAggregation}",
            joinsSpine,
            nonAdditive is null
                ? null
                : $"{nonAdditive.Dimension} {nonAdditive.Last} {string.Join(' ', nonAdditive.Groupings)}",
            leaf.Conversion?.Name,
            isOwn ? leaf.FilterKey : null
        );
    }
}
