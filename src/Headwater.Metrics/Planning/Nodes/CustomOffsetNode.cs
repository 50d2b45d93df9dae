using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>
/// For each row of a time spine the time a number of custom periods later: the same place in that period, or its last where it is shorter.
/// Rows whose later period the spine does not have are left out.
/// </summary>
/// <param name="Count">Periods; above zero.</param>
/// <param name="From">The name of the time.</param>
/// <param name="To">The name of the later time.</param>
public sealed record CustomOffsetNode(TimeSpine Spine, string CustomColumn, int Count, string From, string To)
    : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [];

    public override IEnumerable<Kernel.Names.RelationName> Relations => [Spine.Relation];
}
