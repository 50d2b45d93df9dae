using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>A table with one row for each period: by it empty periods appear, windows slide, and the project's own calendars are known.</summary>
/// <param name="ModelName">The model that is published as it.</param>
/// <param name="Column">The column of the periods' starts.</param>
/// <param name="Grain">How long a period is.</param>
/// <param name="CustomGrains">Columns by the names of grains of the project's own.</param>
public sealed record TimeSpine(
    string ModelName,
    RelationName Relation,
    string Column,
    Grain Grain,
    IReadOnlyDictionary<string, string> CustomGrains,
    SourceLocation Location
);
