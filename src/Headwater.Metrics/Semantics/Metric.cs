using Headwater.Kernel.Diagnostics;

namespace Headwater.Metrics.Semantics;

/// <summary>A number with one definition. A closed set of types.</summary>
/// <param name="Filters">Conditions that are part of the definition.</param>
public abstract record Metric(MetricHeader Header, IReadOnlyList<FilterTemplate> Filters)
{
    public string Name => Header.Name;

    /// <summary>The type as YAML spells it.</summary>
    public abstract string Type { get; }
}

/// <summary>What every metric says about itself.</summary>
public sealed record MetricHeader(
    string Name,
    string Package,
    SourceLocation Location,
    string? Label,
    string? Description,
    string? Owner,
    string? Format
);

/// <summary>One measure.</summary>
/// <param name="FillNullsWith">What an empty group counts as, or null for nothing.</param>
public sealed record SimpleMetric(
    MetricHeader Header,
    IReadOnlyList<FilterTemplate> Filters,
    SemanticModel Model,
    Measure Measure,
    string? FillNullsWith
) : Metric(Header, Filters)
{
    public override string Type => "simple";
}

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

/// <summary>A metric as part of another.</summary>
/// <param name="Alias">The name it has in the expression.</param>
/// <param name="Filters">Conditions for this use alone.</param>
public sealed record MetricInput(Metric Metric, string Alias, IReadOnlyList<FilterTemplate> Filters);
