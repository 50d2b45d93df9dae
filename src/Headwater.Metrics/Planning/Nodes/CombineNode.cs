namespace Headwater.Metrics.Planning.Nodes;

/// <summary>
/// Aggregated rows of several inputs that meet on their keys: each combination of keys that any of them has, with the columns of all. No two rows of
/// one input have the same keys.
/// </summary>
/// <param name="Keys">Columns that every input has.</param>
public sealed record CombineNode(IReadOnlyList<CombineInput> Parts, IReadOnlyList<string> Keys) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [.. Parts.Select(part => part.Node)];
}

/// <param name="Columns">The columns besides the keys that it gives.</param>
public sealed record CombineInput(PlanNode Node, IReadOnlyList<string> Columns);
