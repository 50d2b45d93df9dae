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
    /// <summary>
    /// The name of a saved query, or null. Its metrics, dimensions and conditions come before those of the request; its order and limit hold where the request
    /// has none.
    /// </summary>
    public string? SavedQuery { get; init; }

    /// <summary>The span of <c>metric_time</c>, or null for all of it.</summary>
    public TimeBounds? Time { get; init; }

    /// <summary>Whether only the least and greatest value of each dimension is asked for, in one row; not with metrics.</summary>
    public bool BoundsOnly { get; init; }

    /// <summary>Whether a query without metrics keeps one row for each row of the tables instead of one for each combination.</summary>
    public bool KeepsDuplicates { get; init; }

    public bool Equals(MetricRequest? other) =>
        other is not null
        && Limit == other.Limit
        && SavedQuery == other.SavedQuery
        && Time == other.Time
        && BoundsOnly == other.BoundsOnly
        && KeepsDuplicates == other.KeepsDuplicates
        && Metrics.SequenceEqual(other.Metrics, StringComparer.Ordinal)
        && GroupBy.SequenceEqual(other.GroupBy, StringComparer.Ordinal)
        && Where.SequenceEqual(other.Where, StringComparer.Ordinal)
        && OrderBy.SequenceEqual(other.OrderBy, StringComparer.Ordinal);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Limit);
        hash.Add(SavedQuery, StringComparer.Ordinal);
        hash.Add(Time);
        hash.Add(BoundsOnly);
        hash.Add(KeepsDuplicates);
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
