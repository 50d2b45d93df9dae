using Headwater.Kernel.Names;
using Headwater.Sql.Masking;

namespace Headwater.Query.Publishing;

/// <summary>A table or view that questions can reach.</summary>
/// <param name="Name">Schema and name.</param>
/// <param name="Columns">Column names in order.</param>
/// <param name="Inputs">For a view every table that it reads, through other views too: it has changed when one of them has.</param>
/// <param name="IsRaw">Landed, not modelled: for those who see every row.</param>
internal sealed record ReachableRelation(
    RelationName Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<RelationName> Inputs,
    bool IsRaw
)
{
    /// <summary>What its maker reads directly; empty for a raw table.</summary>
    public IReadOnlyList<RelationName> Reads { get; init; } = [];

    /// <summary>What kind of values each column has.</summary>
    public required IReadOnlyDictionary<string, ColumnFamily> Families { get; init; }

    /// <summary>dbt's id of what made it, or null.</summary>
    public string? Node { get; init; }
}
