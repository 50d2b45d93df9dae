using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// How many events of one kind were followed by one of another kind of the same entity. A conversion counts for the last base event before it.
/// </summary>
/// <param name="Base">What comes first, such as visits.</param>
/// <param name="Conversion">What follows, such as purchases.</param>
/// <param name="Entity">The entity that both share.</param>
/// <param name="Window">How long after the base event it still counts; null for ever.</param>
/// <param name="AsRate">Whether it is divided by the number of base events.</param>
/// <param name="ConstantProperties">What must be the same in both events besides.</param>
public sealed record ConversionMetric(
    MetricHeader Header,
    IReadOnlyList<FilterTemplate> Filters,
    MeasureInput Base,
    MeasureInput Conversion,
    string Entity,
    PeriodLength? Window,
    bool AsRate,
    IReadOnlyList<ConstantProperty> ConstantProperties
) : Metric(Header, Filters)
{
    public override string Type => "conversion";
}

/// <summary>A dimension or entity of each side.</summary>
public sealed record ConstantProperty(string Base, string Conversion);
