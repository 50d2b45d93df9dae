namespace Headwater.Metrics.Requests;

/// <summary>A metric query in the words of whoever asks: names are not yet resolved. Compared by content.</summary>
/// <param name="Metrics">Metric names; none asks for the dimensions alone.</param>
/// <param name="GroupBy">Dimensions such as <c>account__region</c> or <c>metric_time__month</c>.</param>
/// <param name="Where">
/// Conditions that all hold: comparisons of dimensions with literals, joined by and, or, not. A dimension is written by name or as
/// <c>{{ Dimension('account__region') }}</c>. No functions: a condition is data, not SQL.
/// </param>
/// <param name="OrderBy">Result columns, descending with a leading minus; by default the dimensions in order.</param>
/// <param name="Limit">Most rows, or null.</param>
public sealed record MetricRequest(
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> GroupBy,
    IReadOnlyList<string> Where,
    IReadOnlyList<string> OrderBy,
    int? Limit
)
{
    public bool Equals(MetricRequest? other) =>
        other is not null
        && Limit == other.Limit
        && Metrics.SequenceEqual(other.Metrics, StringComparer.Ordinal)
        && GroupBy.SequenceEqual(other.GroupBy, StringComparer.Ordinal)
        && Where.SequenceEqual(other.Where, StringComparer.Ordinal)
        && OrderBy.SequenceEqual(other.OrderBy, StringComparer.Ordinal);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Limit);
        foreach (var list in (IReadOnlyList<string>[])[Metrics, GroupBy, Where, OrderBy])
        {
            hash.Add(list.Count);
            foreach (var text in list)
            {
                hash.Add(text, StringComparer.Ordinal);
            }
        }

        return hash.ToHashCode();
    }
}
