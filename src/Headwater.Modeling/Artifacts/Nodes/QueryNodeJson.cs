using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>What models, seeds, snapshots, tests and analyses have in common: a place in the database, and text that is compiled.</summary>
internal sealed class QueryNodeJson(NodeFields fields)
{
    public void Write(Utf8JsonWriter json, ManifestNode node)
    {
        Place(json, node);
        json.WriteString("language", "sql");
        fields.References(json, node);
        fields.Sources(json, node);
        json.WriteEmptyList("metrics");
        fields.DependsOn(json, node);
        var code = fields.Compiled(node);
        json.WriteBoolean("compiled", code is not null);
        if (code is not null)
        {
            json.WriteString("compiled_path", "target/compiled/" + ArtifactFolder.CompiledPath(node));
            json.WriteString("compiled_code", code);
        }

        json.WriteBoolean("extra_ctes_injected", code is not null);
        json.WriteEmptyList("extra_ctes");
        ContractJson.Contract(json, node);
    }

    /// <summary>A seed, which has a file of rows and no query.</summary>
    public void WriteSeed(Utf8JsonWriter json, SeedNode seed)
    {
        Place(json, seed);
        json.WriteString("root_path", fields.Package(seed.Package)?.Root);
        fields.DependsOnMacros(json, seed);
    }

    private void Place(Utf8JsonWriter json, ManifestNode node)
    {
        var relation = (node as RelationNode)?.Relation ?? (node as TestNode)?.FailureRelation;
        json.WriteString("database", (node as RelationNode)?.Database ?? fields.Manifest.Parsed.Catalog);
        json.WriteString("schema", relation?.Schema ?? fields.Manifest.Parsed.Schema);
        json.WriteString("alias", relation?.Name ?? node.Name);
        Checksum(json, node);
        NodeFields.Config(json, node);
        json.WriteTexts("tags", node.Tags);
        json.WriteString("description", node.Description ?? "");
        ContractJson.Columns(json, node);
        json.Write("meta", node.Meta);
        json.WriteString("group", node.Group);
        json.WriteStartObject("docs");
        json.WriteBoolean("show", true);
        json.WriteNull("node_color");
        json.WriteEndObject();
        fields.Patch(json, node);
        json.WriteNull("build_path");
        fields.Created(json);
        json.WriteString("relation_name", node is RelationNode named ? fields.RelationName(named) : null);
        json.WriteString("raw_code", RawCode(node));
    }

    private static string RawCode(ManifestNode node) =>
        node switch
        {
            ModelNode model => model.RawSql,
            SnapshotNode snapshot => snapshot.RawSql,
            AnalysisNode analysis => analysis.RawSql,
            TestNode { Generic: { } generic } => "{{ test_" + generic.TestName + "(**_dbt_generic_test_kwargs) }}",
            TestNode test => test.RawSql,
            _ => "",
        };

    private static void Checksum(Utf8JsonWriter json, ManifestNode node)
    {
        var isHashed = node is not TestNode { Generic: not null };
        json.WriteStartObject("checksum");
        json.WriteString("name", isHashed ? "sha256" : "none");
        json.WriteString("checksum", isHashed ? Hash(node) : "");
        json.WriteEndObject();
    }

    private static string Hash(ManifestNode node) =>
        TextDigest.Hash(node is SeedNode seed ? File.ReadAllText(seed.File) : RawCode(node));
}
