namespace Headwater.Metrics.Semantics;

/// <summary>A metric as a property of entities, as in <c>{{ Metric('orders', group_by=['customer']) }} > 2</c>.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="GroupBy">The entities that it is computed for; at least one.</param>
public sealed record MetricReference(string Metric, IReadOnlyList<DimensionReference> GroupBy) : FilterOperand
{
    public override string ToString() => $"{Metric} by {string.Join(", ", GroupBy)}";

    public bool Equals(MetricReference? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
