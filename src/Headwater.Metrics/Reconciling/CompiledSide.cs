using Headwater.Kernel.Names;
using Headwater.Sql;

namespace Headwater.Metrics.Reconciling;

/// <summary>
/// The rows of one metric's table as a comparison needs them: each row that the asker may see once, counted or not. Columns: <c>k0</c>, <c>k1</c> … (the
/// keys), <c>v</c> (what the row adds to the metric; null adds nothing), <c>f</c> (number of the first filter that leaves the row out, 0 for none; more by the number of filters where it is left out
/// because a join found no row for that filter to look at),
/// <c>t</c> (whether it is in the period), <c>d</c> (its time), <c>c</c> (its currency, null where none is declared), <c>g0</c>, <c>g1</c> … (groups).
/// </summary>
/// <param name="Sql">One SELECT.</param>
/// <param name="Relations">The tables that it reads.</param>
/// <param name="Filters">What the numbers in <c>f</c> mean, from 1: filters of the definition, then conditions of the question.</param>
/// <param name="Keys">What the rows are known by: an entity, dimensions, or the counted value.</param>
/// <param name="Decimals">Digits behind the point that the author declared for the metric (<c>meta.decimals</c>), or null.</param>
public sealed record CompiledSide(
    SqlText Sql,
    IReadOnlyList<RelationName> Relations,
    IReadOnlyList<string> Filters,
    IReadOnlyList<string> Keys,
    int? Decimals
)
{
    /// <summary>Whether the metric counts each key once.</summary>
    public bool IsDistinct { get; init; }
}

/// <summary>What a side is asked for.</summary>
/// <param name="Metric">A simple metric that sums or counts.</param>
/// <param name="Entity">The entity that rows are known by; null for <paramref name="By"/>, or for the counted value.</param>
/// <param name="By">The dimensions that cells are known by, where rows cannot be matched.</param>
/// <param name="Where">Conditions that all hold.</param>
/// <param name="GroupBy">Dimensions by which the gap is shown.</param>
public sealed record SideRequest(
    string Metric,
    string? Entity,
    IReadOnlyList<string> By,
    IReadOnlyList<string> Where,
    IReadOnlyList<string> GroupBy
)
{
    /// <summary>The span of <c>metric_time</c>, or null for all of it.</summary>
    public Requests.TimeBounds? Time { get; init; }
}
