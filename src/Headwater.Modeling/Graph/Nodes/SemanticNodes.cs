using Headwater.Jinja.Values;

namespace Headwater.Modeling.Graph;

/// <summary>
/// Something of the semantic layer. The graph knows it by name and by what it reads; what it means is for the module that plans metrics,
/// and what templates and other tools see of it is <see cref="Definition"/>.
/// </summary>
/// <param name="Definition">What is written of it beyond the header, under the names and in the forms of dbt's manifest. Not changed after parsing.</param>
public abstract record SemanticNode(NodeHeader Header, JinjaDict Definition) : ManifestNode(Header);

/// <summary>A model with its entities, dimensions and measures.</summary>
public sealed record SemanticModelNode(NodeHeader Header, JinjaDict Definition) : SemanticNode(Header, Definition)
{
    public override string ResourceType => "semantic_model";
}

/// <summary>A number that people ask for.</summary>
public sealed record MetricNode(NodeHeader Header, JinjaDict Definition) : SemanticNode(Header, Definition)
{
    public override string ResourceType => "metric";
}

/// <summary>A question about metrics that is kept.</summary>
public sealed record SavedQueryNode(NodeHeader Header, JinjaDict Definition) : SemanticNode(Header, Definition)
{
    public override string ResourceType => "saved_query";
}
