using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning;

/// <summary>The rows behind a number, not aggregated.</summary>
/// <param name="Columns">Columns of the rows and what they are called.</param>
public sealed record RowsPlan(PlanNode Rows, IReadOnlyList<RenamedColumn> Columns, int Limit)
{
    /// <summary>The tables that are read.</summary>
    public IEnumerable<RelationName> Relations => Rows.Relations.Distinct();
}
