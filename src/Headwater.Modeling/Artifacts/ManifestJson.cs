using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>The document <c>manifest.json</c>, version 12.</summary>
internal sealed class ManifestJson(
    Manifest manifest,
    IReadOnlyDictionary<string, string> compiled,
    ArtifactFolder folder
)
{
    public void Write(Utf8JsonWriter json)
    {
        folder.Metadata(json, "manifest/v12");
        var nodes = new NodeJson(manifest, compiled);
        Section(
            json,
            "nodes",
            Sorted(node => node is ModelNode or SeedNode or SnapshotNode or AnalysisNode or TestNode),
            nodes.Write
        );
        Section(json, "sources", Sorted(node => node is SourceNode), nodes.Write);
        Macros(json);
        json.WriteEmpty("docs");
        Section(json, "exposures", Sorted(node => node is ExposureNode), nodes.Write);
        json.WriteEmpty("metrics");
        Groups(json);
        json.WriteEmpty("selectors");
        json.WriteEmpty("disabled");
        Map(json, "parent_map", manifest.Graph.Parents);
        Map(json, "child_map", manifest.Graph.Children);
        GroupMap(json);
        json.WriteEmpty("saved_queries");
        json.WriteEmpty("semantic_models");
        Section(json, "unit_tests", Sorted(node => node is UnitTestNode), nodes.Write);
    }

    private IEnumerable<ManifestNode> Sorted(Func<ManifestNode, bool> wanted) =>
        manifest.Nodes.Values.Where(wanted).OrderBy(node => node.UniqueId, StringComparer.Ordinal);

    private static void Section(
        Utf8JsonWriter json,
        string name,
        IEnumerable<ManifestNode> nodes,
        Action<Utf8JsonWriter, ManifestNode> write
    )
    {
        json.WriteStartObject(name);
        foreach (var node in nodes)
        {
            json.WriteStartObject(node.UniqueId);
            write(json, node);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Macros(Utf8JsonWriter json)
    {
        json.WriteStartObject("macros");
        foreach (
            var macro in manifest.Macros.OrderBy(macro => macro.Package + "." + macro.Name, StringComparer.Ordinal)
        )
        {
            json.WriteStartObject($"macro.{macro.Package}.{macro.Name}");
            json.WriteString("name", macro.Name);
            json.WriteString("resource_type", "macro");
            json.WriteString("package_name", macro.Package);
            json.WriteString("path", macro.Template.File);
            json.WriteString("original_file_path", macro.Template.File);
            json.WriteString("unique_id", $"macro.{macro.Package}.{macro.Name}");
            json.WriteString("macro_sql", macro.Definition.Source);
            json.WriteStartObject("depends_on");
            json.WriteEmptyList("macros");
            json.WriteEndObject();
            json.WriteString("description", "");
            json.WriteEmpty("meta");
            json.WriteEmptyList("arguments");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Groups(Utf8JsonWriter json)
    {
        json.WriteStartObject("groups");
        foreach (var group in manifest.Groups)
        {
            var id = $"group.{group.Package}.{group.Name}";
            json.WriteStartObject(id);
            json.WriteString("name", group.Name);
            json.WriteString("resource_type", "group");
            json.WriteString("package_name", group.Package);
            json.WriteString("path", group.Location.File);
            json.WriteString("original_file_path", group.Location.File);
            json.WriteString("unique_id", id);
            NodeJson.Owner(json, group.Owner);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Map(Utf8JsonWriter json, string name, Func<string, IReadOnlyList<string>> neighbours)
    {
        json.WriteStartObject(name);
        foreach (var id in manifest.Nodes.Keys.Order(StringComparer.Ordinal))
        {
            json.WriteTexts(id, neighbours(id).Order(StringComparer.Ordinal));
        }

        json.WriteEndObject();
    }

    private void GroupMap(Utf8JsonWriter json)
    {
        json.WriteStartObject("group_map");
        foreach (var group in manifest.Groups)
        {
            json.WriteTexts(
                group.Name,
                Sorted(node => node is ModelNode && node.Group == group.Name).Select(node => node.UniqueId)
            );
        }

        json.WriteEndObject();
    }
}
