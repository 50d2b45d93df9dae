using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>A measure as a metric uses it, with every filter and offset on the way down to it.</summary>
/// <param name="Metric">The metric that names the measure.</param>
/// <param name="Input">The measure; of conversions the base measure, whose dimensions and time they have.</param>
/// <param name="Filters">Outermost first.</param>
/// <param name="Offsets">Outermost first.</param>
public sealed record MetricLeaf(
    Metric Metric,
    MeasureInput Input,
    IReadOnlyList<LeafFilter> Filters,
    IReadOnlyList<TimeOffset> Offsets
)
{
    public SemanticModel Model => Input.Model;

    public Measure Measure => Input.Measure;

    /// <summary>The metric whose conversions it counts, or null.</summary>
    public ConversionMetric? Conversion { get; init; }

    /// <summary>The earlier period that is looked at, or null for the one that is shown.</summary>
    public EarlierPeriod? Earlier { get; init; }

    /// <summary>The semantic models whose tables it reads, those that only dimensions need aside.</summary>
    public IReadOnlyList<SemanticModel> Models =>
        Conversion is null ? [Input.Model] : [Input.Model, Conversion.Conversion.Model];

    /// <summary>What is aggregated.</summary>
    internal Measure Aggregated => Conversion?.Conversion.Measure ?? Measure;

    /// <summary>Equal for leaves that count the same rows.</summary>
    internal string FilterKey { get; } =
        string.Join('\u0001', Filters.Select(filter => $"{filter.OffsetsAbove}:{filter.Template.Text}"));
}

/// <param name="OffsetsAbove">How many offsets lie over it: the time that it sees is the one below them.</param>
/// <param name="OfMeasure">Whether it belongs to the use of the measure: then empty periods that join later do not have to fulfil it.</param>
public sealed record LeafFilter(FilterTemplate Template, int OffsetsAbove, bool OfMeasure);
