namespace Headwater.Metrics.Semantics;

/// <summary>A measure as a metric uses it.</summary>
/// <param name="Filters">Conditions for this use alone.</param>
/// <param name="FillNullsWith">What an empty group counts as, or null for nothing.</param>
/// <param name="JoinToTimeSpine">Whether periods without rows appear too, where the query shows the measure's time.</param>
public sealed record MeasureInput(
    SemanticModel Model,
    Measure Measure,
    IReadOnlyList<FilterTemplate> Filters,
    string? FillNullsWith,
    bool JoinToTimeSpine
);
