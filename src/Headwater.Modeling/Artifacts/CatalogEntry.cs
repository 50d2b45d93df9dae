using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>A relation that is in the warehouse, for <c>catalog.json</c>.</summary>
/// <param name="Type"><c>BASE TABLE</c>, <c>VIEW</c> or <c>MATERIALIZED VIEW</c>.</param>
public sealed record CatalogEntry(
    RelationNode Node,
    string Database,
    RelationName Name,
    string Type,
    IReadOnlyList<(string Name, string Type)> Columns
);
