using Headwater.Metrics.Explaining;

namespace Headwater.Metrics.Semantics;

/// <summary>A number with one definition. A closed set of types.</summary>
/// <param name="Filters">Conditions that are part of the definition.</param>
public abstract record Metric(MetricHeader Header, IReadOnlyList<FilterTemplate> Filters)
{
    public string Name => Header.Name;

    /// <summary>The YAML that defines it, comments left out; null where no entry of its own does.</summary>
    public string? WrittenAs() => Header.Entry is { } entry ? WrittenYaml.Of(entry) : null;

    /// <summary>The type as YAML spells it.</summary>
    public abstract string Type { get; }
}
