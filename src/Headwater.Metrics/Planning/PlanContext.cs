using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>What all parts of one plan share. For one thread.</summary>
internal sealed class PlanContext(MetricModel metrics, DimensionResolver resolver, AccessRules access)
{
    // A metric whose filter holds a metric whose filter … must end.
    private const int MaxDepth = 8;

    private int _depth;

    public MetricModel Metrics { get; } = metrics;

    public DimensionResolver Resolver { get; } = resolver;

    public AccessRules Access { get; } = access;

    public ColumnNames Names { get; } = new();

    /// <summary>Plans a metric by some dimensions, under the same row rules.</summary>
    public ComputeNode PlanMetric(Metric metric, IReadOnlyList<DimensionReference> groupBy)
    {
        if (++_depth > MaxDepth)
        {
            throw MetricDiagnostics.FilterCycle.With(metric.Name).ToException();
        }

        var plan = MetricPlanner.Plan(new BoundQuery([metric], groupBy, [], [], null, null), this);
        _depth--;
        return plan;
    }
}
