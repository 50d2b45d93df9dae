using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>A row rule with the values of the one who asks: only these are seen.</summary>
/// <param name="Values">Permitted values as text; none permits no row.</param>
public sealed record RowRestriction(DimensionReference Dimension, IReadOnlyList<string> Values);
