using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>A semantic model, a metric or a saved query. What they mean the parser has put into the form of the schema already.</summary>
internal static class SemanticJson
{
    public static void Write(Utf8JsonWriter json, SemanticNode node, NodeFields fields)
    {
        foreach (var (key, value) in node.Definition.Items)
        {
            json.Write(Text.Str(key), value);
        }

        json.WriteString("description", node is MetricNode ? node.Description ?? "" : node.Description);
        json.WriteString("group", node.Group);
        NodeFields.Config(json, node);
        fields.DependsOn(json, node);
        fields.References(json, node);
        fields.Created(json);
        switch (node)
        {
            case MetricNode:
                json.Write("meta", node.Meta);
                json.WriteTexts("tags", node.Tags);
                fields.Sources(json, node);
                json.WriteEmptyList("metrics");
                break;
            case SavedQueryNode:
                json.WriteTexts("tags", node.Tags);
                break;
            case SemanticModelNode:
                Relation(json, node, fields);
                break;
        }
    }

    private static void Relation(Utf8JsonWriter json, SemanticNode node, NodeFields fields)
    {
        if (node.DependsOn is not [var id] || fields.Manifest.Nodes.GetValueOrDefault(id) is not RelationNode relation)
        {
            json.WriteNull("node_relation");
            return;
        }

        json.WriteStartObject("node_relation");
        json.WriteString("alias", relation.Relation.Name);
        json.WriteString("schema_name", relation.Relation.Schema);
        json.WriteString("database", relation.Database ?? fields.Manifest.Parsed.Catalog);
        fields.RelationName(json, relation);
        json.WriteEndObject();
    }
}
