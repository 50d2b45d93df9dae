using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>A relation that is in the warehouse, for <c>catalog.json</c>.</summary>
/// <param name="Type"><c>BASE TABLE</c>, <c>VIEW</c> or <c>MATERIALIZED VIEW</c>.</param>
/// <param name="Columns">In the order that they have there.</param>
public sealed record CatalogEntry(
    RelationNode Node,
    string Database,
    RelationName Name,
    string Type,
    IReadOnlyList<CatalogColumn> Columns
)
{
    /// <summary>The role that it belongs to; null where the engine knows no roles.</summary>
    public string? Owner { get; init; }

    /// <summary>What the database says of it; null for nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>A column that is in the warehouse.</summary>
/// <param name="Type">As the engine spells it.</param>
/// <param name="Comment">What the database says of it; null for nothing.</param>
public sealed record CatalogColumn(string Name, string Type, string? Comment);
