using Headwater.Metrics.Conditions;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>A metric query whose every name is resolved.</summary>
/// <param name="Models">The semantic models of its measures; for a query without metrics the one that has all dimensions.</param>
public sealed record BoundQuery(
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<DimensionReference> GroupBy,
    IReadOnlyList<Condition> Where,
    IReadOnlyList<SortKey> OrderBy,
    int? Limit,
    SemanticModel? DimensionModel
);

/// <param name="Column">Index into the result's columns: dimensions first, then metrics.</param>
public sealed record SortKey(int Column, bool Descending);
