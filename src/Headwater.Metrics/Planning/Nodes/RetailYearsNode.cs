using Headwater.Kernel.Names;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>The retail years that data may lie in, from no table: one row for each.</summary>
/// <param name="Start">The name of a year's first day.</param>
/// <param name="Next">The name of the first day of the year after it.</param>
public sealed record RetailYearsNode(RetailYears Years, string Start, string Next) : PlanNode
{
    /// <summary>Times before have no retail period.</summary>
    public const int First = 1980;

    /// <summary>Times after have no retail period.</summary>
    public const int Last = 2060;

    public override IReadOnlyList<PlanNode> Inputs => [];

    public override IEnumerable<RelationName> Relations => [];
}
