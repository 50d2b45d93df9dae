using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes;

/// <summary>Rewrites a tree from its leaves up. A node whose inputs stay what they were stays the same object.</summary>
internal abstract class PlanRewriter
{
    // What is read in several places stays one.
    private readonly Dictionary<SharedNode, PlanNode> _shared = new(ReferenceEqualityComparer.Instance);

    public PlanNode Visit(PlanNode node) => Rewrite(WithInputs(node));

    /// <summary>What a node becomes, whose inputs are rewritten already.</summary>
    protected abstract PlanNode Rewrite(PlanNode node);

    private PlanNode WithInputs(PlanNode node) =>
        node switch
        {
            AggregateNode aggregate => Same(aggregate.Input, out var input)
                ? aggregate
                : aggregate with
                {
                    Input = input,
                },
            BoundsNode bounds => Same(bounds.Input, out var input) ? bounds : bounds with { Input = input },
            CombineNode combine => combine with
            {
                Parts = [.. combine.Parts.Select(part => part with { Node = Visit(part.Node) })],
            },
            ComputeNode compute => Same(compute.Input, out var input) ? compute : compute with { Input = input },
            ExtremeNode extreme => Same(extreme.Input, out var input) ? extreme : extreme with { Input = input },
            FilterNode filter => Same(filter.Input, out var input) ? filter : filter with { Input = input },
            JoinNode join => Same(join.Left, out var left) & Same(join.Right, out var right)
                ? join
                : join with
                {
                    Left = left,
                    Right = right,
                },
            ProjectNode project => Same(project.Input, out var input) ? project : project with { Input = input },
            RowNumberNode number => Same(number.Input, out var input) ? number : number with { Input = input },
            SharedNode shared => Shared(shared),
            PeriodOffsetNode offset => Same(offset.Periods, out var input) ? offset : offset with { Periods = input },
            ScanNode or RetailYearsNode => node,
            _ => throw new InvalidOperationException($"unknown node {node.GetType().Name}"),
        };

    private PlanNode Shared(SharedNode shared)
    {
        if (!_shared.TryGetValue(shared, out var known))
        {
            known = Same(shared.Input, out var input) ? shared : shared with { Input = input };
            _shared.Add(shared, known);
        }

        return known;
    }

    private bool Same(PlanNode before, out PlanNode after)
    {
        after = Visit(before);
        return ReferenceEquals(before, after);
    }
}
