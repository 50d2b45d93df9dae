using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Leaves that are read together, each with the column of its aggregate.</summary>
/// <param name="shape">What they share.</param>
/// <param name="timeKeys">The query's dimensions that are their time, by their places among the keys.</param>
internal sealed class LeafGroup(LeafShape shape, IReadOnlyDictionary<int, DimensionReference> timeKeys)
{
    private readonly List<(MetricLeaf Leaf, string Column)> _leaves = [];

    public LeafShape Shape { get; } = shape;

    public IReadOnlyDictionary<int, DimensionReference> TimeKeys { get; } = timeKeys;

    public IReadOnlyList<(MetricLeaf Leaf, string Column)> Leaves => _leaves;

    /// <summary>Any of them: of what they share all say the same.</summary>
    public MetricLeaf First => _leaves[0].Leaf;

    public CumulativeMetric? Accumulation => Shape.Accumulation is null ? null : (CumulativeMetric)First.Metric;

    public void Add(MetricLeaf leaf, ColumnNames names)
    {
        if (Find(leaf) is null)
        {
            _leaves.Add((leaf, names.Next("a")));
        }
    }

    /// <summary>The column of a leaf, or null.</summary>
    public string? Find(MetricLeaf leaf)
    {
        foreach (var (known, column) in _leaves)
        {
            if (ReferenceEquals(known.Aggregated, leaf.Aggregated) && known.FilterKey == leaf.FilterKey)
            {
                return column;
            }
        }

        return null;
    }
}
