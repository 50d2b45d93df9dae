using System.Text.Json;
using Headwater.Kernel.Threading;
using Headwater.Modeling.Artifacts.Splicing;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>The document <c>manifest.json</c>, version 12.</summary>
internal sealed class ManifestJson(
    Manifest manifest,
    IReadOnlyDictionary<string, string> compiled,
    ArtifactFolder folder
)
{
    /// <summary>The name of dbt's schema.</summary>
    public const string Schema = "manifest/v12";

    // A writer keeps all that it was not told to pass on.
    private const int FlushBytes = 1 << 16;

    private readonly NodeFields _fields = new(manifest, compiled);
    private readonly List<NodeSpan> _spans = [];

    /// <summary>Where the metadata end in what was written, in bytes.</summary>
    public long MetadataEnd { get; private set; }

    /// <summary>Where the nodes stand in what was written, in order.</summary>
    public IReadOnlyList<NodeSpan> Spans => _spans;

    public void Write(Utf8JsonWriter json)
    {
        folder.Metadata(json, Schema);
        MetadataEnd = Place(json);
        Nodes(json);
        Section(json, "sources", node => node is SourceNode);
        MacroJson.WriteAll(json, _fields);
        Docs(json);
        Section(json, "exposures", node => node is ExposureNode);
        Section(json, "metrics", node => node is MetricNode);
        Groups(json);
        SelectorJson.WriteAll(json, manifest);
        Disabled(json);
        Map(json, "parent_map", manifest.Graph.Parents);
        Map(json, "child_map", manifest.Graph.Children);
        GroupMap(json);
        Section(json, "saved_queries", node => node is SavedQueryNode);
        Section(json, "semantic_models", node => node is SemanticModelNode);
        Section(json, "unit_tests", node => node is UnitTestNode);
    }

    private void Nodes(Utf8JsonWriter json)
    {
        json.WriteStartObject("nodes");
        Members(json, NodeJson.IsQuery);
        OperationJson.WriteAll(json, manifest);
        json.WriteEndObject();
    }

    private void Section(Utf8JsonWriter json, string name, Func<ManifestNode, bool> wanted)
    {
        json.WriteStartObject(name);
        Members(json, wanted);
        json.WriteEndObject();
    }

    // Most of the document: each node is written by itself, on all cores, and put into its place.
    private void Members(Utf8JsonWriter json, Func<ManifestNode, bool> wanted)
    {
        var nodes = new NodeJson(_fields);
        IReadOnlyList<ManifestNode> members = [.. Sorted(wanted)];
        var texts = OnAllCores.Select(members, node => JsonFragment.Write(fragment => nodes.Write(fragment, node)));
        foreach (var (node, text) in members.Zip(texts))
        {
            json.WritePropertyName(node.UniqueId);
            _spans.Add(
                new NodeSpan(
                    node.UniqueId,
                    Place(json),
                    text.Length,
                    compiled.ContainsKey(node.UniqueId),
                    manifest.Edits.GetValueOrDefault(node.UniqueId)
                )
            );
            json.WriteRawValue(text, skipInputValidation: true);
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
            }
        }
    }

    private static long Place(Utf8JsonWriter json) => json.BytesCommitted + json.BytesPending;

    private IEnumerable<ManifestNode> Sorted(Func<ManifestNode, bool> wanted) =>
        manifest.Nodes.Values.Where(wanted).OrderBy(node => node.UniqueId, StringComparer.Ordinal);

    private void Docs(Utf8JsonWriter json)
    {
        json.WriteStartObject("docs");
        foreach (var block in manifest.Docs.OrderBy(block => block.UniqueId, StringComparer.Ordinal))
        {
            json.WriteStartObject(block.UniqueId);
            json.WriteString("name", block.Name);
            json.WriteString("resource_type", "doc");
            json.WriteString("package_name", block.Package);
            json.WriteString("path", block.Path[(block.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            json.WriteString("original_file_path", block.Path);
            json.WriteString("unique_id", block.UniqueId);
            json.WriteString("block_contents", block.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Groups(Utf8JsonWriter json)
    {
        json.WriteStartObject("groups");
        foreach (var group in manifest.Groups.DistinctBy(group => group.UniqueId, StringComparer.Ordinal))
        {
            json.WriteStartObject(group.UniqueId);
            json.WriteString("name", group.Name);
            json.WriteString("resource_type", "group");
            json.WriteString("package_name", group.Package);
            json.WriteString("path", group.Path);
            json.WriteString("original_file_path", group.Path);
            json.WriteString("unique_id", group.UniqueId);
            NodeFields.Owner(json, group.Owner);
            json.WriteString("description", group.Description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Two files may have defined one name and switched both off.
    private void Disabled(Utf8JsonWriter json)
    {
        var nodes = new NodeJson(_fields);
        json.WriteStartObject("disabled");
        foreach (
            var same in manifest
                .Disabled.Where(node => node is not UnitTestNode unit || manifest.Nodes.ContainsKey(unit.ModelId))
                .GroupBy(node => node.UniqueId, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            json.WriteStartArray(same.Key);
            foreach (var node in same)
            {
                json.WriteStartObject();
                nodes.Write(json, node);
                json.WriteEndObject();
            }

            json.WriteEndArray();
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
        foreach (var group in manifest.Groups.DistinctBy(group => group.Name, StringComparer.Ordinal))
        {
            json.WriteTexts(group.Name, Sorted(node => node.Group == group.Name).Select(node => node.UniqueId));
        }

        json.WriteEndObject();
    }
}
