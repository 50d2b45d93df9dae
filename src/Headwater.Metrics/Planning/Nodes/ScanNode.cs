using Headwater.Kernel.Names;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>The rows of one table, and of it only the expressions that are used.</summary>
public sealed record ScanNode(RelationName Relation, IReadOnlyList<ScanColumn> Columns) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [];

    public override IEnumerable<RelationName> Relations => [Relation];
}

/// <param name="Name">The name in the plan.</param>
/// <param name="Expression">SQL over the table's columns, as the model's author wrote it.</param>
public sealed record ScanColumn(string Name, string Expression);
