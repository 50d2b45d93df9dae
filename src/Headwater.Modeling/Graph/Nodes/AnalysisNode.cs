using Headwater.Jinja.Parsing;

namespace Headwater.Modeling.Graph;

/// <summary>A query that is compiled and never run.</summary>
public sealed record AnalysisNode(NodeHeader Header) : ManifestNode(Header)
{
    public required JinjaTemplate Template { get; init; }

    public required string RawSql { get; init; }

    public override string ResourceType => "analysis";
}
