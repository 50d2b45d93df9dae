using Headwater.Metrics.Planning.Outputs;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>Metrics computed from aggregates.</summary>
/// <param name="Keys">Columns that are passed on, and their new names.</param>
public sealed record ComputeNode(PlanNode Input, IReadOnlyList<RenamedColumn> Keys, IReadOnlyList<MetricOutput> Outputs)
    : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}

public sealed record RenamedColumn(string Column, string Name);
