using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Explaining;

/// <summary>Tells a plan in sentences that need no SQL, one step each, in the order in which they are done. Costs the size of the plan.</summary>
public static class PlanNarrator
{
    /// <summary>The steps of a plan. A later step names an earlier one by its number, from 1.</summary>
    public static IReadOnlyList<string> Tell(MetricPlan plan)
    {
        var narration = new Narration();
        narration.Visit(plan.Root);
        if (Order(plan) is { } order)
        {
            narration.Sentences.Add(order);
        }

        return narration.Sentences;
    }

    private static string? Order(MetricPlan plan)
    {
        var names = plan.Root is ComputeNode compute
            ? compute.Keys.Select(key => key.Name).Concat(compute.Outputs.Select(output => output.Name)).ToList()
            : [];
        var by = plan.OrderBy.Select(key => names[key.Column] + (key.Descending ? " from the greatest down" : ""));
        var order = string.Join(", then ", by);
        return (order.Length > 0, plan.Limit) switch
        {
            (true, { } limit) => $"Orders by {order}, and keeps the first {limit} rows.",
            (true, null) => $"Orders by {order}.",
            (false, { } limit) => $"Keeps the first {limit} rows.",
            _ => null,
        };
    }
}
