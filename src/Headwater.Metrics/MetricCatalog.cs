using Headwater.Kernel.Diagnostics;

namespace Headwater.Metrics;

/// <summary>The metrics and dimensions of a project as they are shown to people and programs. Immutable.</summary>
public sealed record MetricCatalog(
    IReadOnlyList<MetricDescription> Metrics,
    IReadOnlyList<DimensionDescription> Dimensions
)
{
    public static MetricCatalog Empty { get; } = new([], []);
}

/// <param name="Name">The name that queries use.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Type">simple, ratio or derived.</param>
/// <param name="Formula">The definition in words and SQL, such as <c>sum(close_value) where …</c>.</param>
/// <param name="Owner">From <c>meta.owner</c>.</param>
/// <param name="Format">From <c>meta.format</c>: <c>currency</c>, <c>percent</c>, <c>number</c>.</param>
/// <param name="Models">The models whose tables it is computed from.</param>
/// <param name="Dimensions">Every dimension and entity it can be grouped and filtered by.</param>
public sealed record MetricDescription(
    string Name,
    string Label,
    string? Description,
    string Type,
    string Formula,
    string? Owner,
    string? Format,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Dimensions,
    SourceLocation Location
);

/// <param name="Name">The name that queries use: <c>account__region</c>, of an entity <c>account</c>.</param>
/// <param name="IsTime">True if it takes grains.</param>
/// <param name="Grains">The grains it takes, finest first, then those of the project's own calendars and time spines; empty for categories and entities.</param>
public sealed record DimensionDescription(
    string Name,
    string Label,
    string? Description,
    bool IsTime,
    IReadOnlyList<string> Grains
);
