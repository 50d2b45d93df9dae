using Headwater.Jinja.Parsing;

namespace Headwater.Modeling.Graph;

/// <summary>A table that keeps what a query gave before: a row for each state, with the time it held.</summary>
public sealed record SnapshotNode(NodeHeader Header, RelationPlace Place) : RelationNode(Header, Place)
{
    /// <summary>The query whose states are kept.</summary>
    public required JinjaTemplate Template { get; init; }

    public required string RawSql { get; init; }

    public required SnapshotSettings Settings { get; init; }

    public override string ResourceType => "snapshot";
}
