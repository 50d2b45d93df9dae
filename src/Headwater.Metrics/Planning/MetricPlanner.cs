using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Outputs;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Turns bound queries into plans, row rules included. Stateless; safe for several threads.</summary>
public sealed class MetricPlanner(MetricModel metrics)
{
    private readonly DimensionResolver _resolver = new(metrics);

    /// <summary>Plans a query under row rules.</summary>
    /// <exception cref="DiagnosticException">
    /// HW4115: a rule's dimension cannot be reached from a table, so nobody under it may see the metric. HW4117: a metric depends on the
    /// time it is shown for, and the query shows none. HW4119: there is no time spine for it.
    /// </exception>
    public MetricPlan Plan(BoundQuery query, AccessRules access)
    {
        var context = new PlanContext(metrics, _resolver, access);
        var compute = query.Metrics.Count == 0 ? DimensionsPlanner.Plan(query, context) : Plan(query, context);
        return new MetricPlan(
            query.BoundsOnly ? new BoundsNode(compute.Input, compute.Keys) : compute,
            query.OrderBy,
            query.Limit
        );
    }

    internal static ComputeNode Plan(BoundQuery query, PlanContext context)
    {
        var leaves = new LeafSet(query, context);
        foreach (var asked in query.Asked)
        {
            leaves.Collect(asked);
        }

        var parts = leaves.Plan();
        IReadOnlyList<string> keys = [.. query.GroupBy.Select((_, index) => KeyName(index))];
        return new ComputeNode(
            parts.Count == 1 ? parts[0].Node : new CombineNode(parts, keys),
            KeyColumns(query),
            [.. query.Asked.Select(asked => new MetricOutput(asked.Name, leaves.Output(asked)))]
        );
    }

    internal static IReadOnlyList<RenamedColumn> KeyColumns(BoundQuery query) =>
        [.. query.GroupBy.Select((reference, index) => new RenamedColumn(KeyName(index), reference.ToString()))];

    internal static string KeyName(int index) => $"k{index}";
}
