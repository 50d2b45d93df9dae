using Headwater.Metrics.Conditions;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>A metric query whose every name is resolved.</summary>
/// <param name="DimensionModel">For a query without metrics the model that has all dimensions; null where metric_time is all there is.</param>
public sealed record BoundQuery(
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<DimensionReference> GroupBy,
    IReadOnlyList<Condition> Where,
    IReadOnlyList<SortKey> OrderBy,
    int? Limit,
    SemanticModel? DimensionModel
)
{
    /// <summary>The columns besides the dimensions, in order; by default each metric as it is.</summary>
    public IReadOnlyList<AskedMetric> Asked { get; init; } =
    [.. Metrics.Select(metric => new AskedMetric(metric.Name, metric, PlainValue.Instance))];

    /// <summary>Whether a query without metrics shows values of joined tables that no row of its own table has.</summary>
    public bool KeepsUnmatched { get; init; } = true;

    /// <summary>Whether a query without metrics keeps equal rows apart.</summary>
    public bool KeepsDuplicates { get; init; }

    /// <summary>Whether only least and greatest values are asked for.</summary>
    public bool BoundsOnly { get; init; }

    /// <summary>Every dimension that it mentions, metrics in its conditions aside.</summary>
    public IEnumerable<DimensionReference> Dimensions =>
        GroupBy.Concat(Where.SelectMany(condition => condition.Dimensions));
}

/// <param name="Column">Index into the result's columns: dimensions first, then metrics.</param>
public sealed record SortKey(int Column, bool Descending);
