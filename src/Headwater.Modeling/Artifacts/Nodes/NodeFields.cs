using System.Text.Json;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Artifacts;

/// <summary>The fields that several kinds of nodes have in <c>manifest.json</c>.</summary>
internal sealed class NodeFields(Manifest manifest, IReadOnlyDictionary<string, string> compiled)
{
    private readonly MacroUse _macros = new(manifest.Parsed.Macros);

    public Manifest Manifest { get; } = manifest;

    /// <summary>The node's compiled SQL, or null.</summary>
    public string? Compiled(ManifestNode node) => compiled.GetValueOrDefault(node.UniqueId);

    public static void Identity(Utf8JsonWriter json, ManifestNode node, string path)
    {
        json.WriteString("name", node.Name);
        json.WriteString("resource_type", node.ResourceType);
        json.WriteString("package_name", node.Package);
        json.WriteString("path", path);
        json.WriteString("original_file_path", node.Path);
        json.WriteString("unique_id", node.UniqueId);
        json.WriteTexts("fqn", node.Fqn);
    }

    /// <summary>A path without the folder that a path setting names: <c>staging/orders.sql</c>.</summary>
    public string BelowSetting(ManifestNode node) =>
        Package(node.Package) is { } package
            ? string.Join(
                '/',
                [.. PropertyPaths.Folders(package, node.Path), node.Path[(node.Path.LastIndexOf('/') + 1)..]]
            )
            : node.Path;

    public static void Config(Utf8JsonWriter json, ManifestNode node) => json.Write("config", ConfigValues.Of(node));

    public void Created(Utf8JsonWriter json) =>
        json.WriteNumber("created_at", Manifest.ParsedAt.ToUnixTimeMilliseconds() / 1000.0);

    public void Patch(Utf8JsonWriter json, ManifestNode node) =>
        json.WriteString(
            "patch_path",
            node.PropertiesFile is { } file && Package(node.Package) is { } package
                ? $"{node.Package}://{PropertyPaths.Relative(package, file)}"
                : null
        );

    public void Macros(Utf8JsonWriter json, MacroEntry macro) => MacroNames(json, _macros.CalledBy(macro));

    /// <summary>The macros that a node calls, and nothing else: what seeds depend on.</summary>
    public void DependsOnMacros(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartObject("depends_on");
        MacroNames(json, _macros.CalledBy(node));
        json.WriteEndObject();
    }

    public void DependsOn(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartObject("depends_on");
        MacroNames(json, _macros.CalledBy(node));
        json.WriteTexts("nodes", node.DependsOn);
        json.WriteEndObject();
    }

    /// <summary>The models, seeds and snapshots that a node reads, as a <c>ref</c> of it would name them.</summary>
    public void References(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartArray("refs");
        foreach (var parent in Parents(node).Where(parent => parent is RelationNode and not SourceNode))
        {
            json.WriteStartObject();
            json.WriteString("name", parent.Name);
            json.WriteString("package", parent.Package == node.Package ? null : parent.Package);
            Version(json, "version", (parent as ModelNode)?.Version?.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Sources(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartArray("sources");
        foreach (var source in Parents(node).OfType<SourceNode>())
        {
            json.WriteStartArray();
            json.WriteStringValue(source.SourceName);
            json.WriteStringValue(source.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public void Metrics(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartArray("metrics");
        foreach (var metric in Parents(node).OfType<MetricNode>())
        {
            json.WriteStartArray();
            json.WriteStringValue(metric.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public void RelationName(Utf8JsonWriter json, RelationNode node) =>
        json.WriteString("relation_name", RelationName(node));

    public string? RelationName(RelationNode node) =>
        node is ModelNode { IsEphemeral: true }
            ? null
            : RelationObject.Of(node, Manifest.Parsed.Catalog, Manifest.Parsed.Dialect).ToString();

    /// <summary>A version as it was written: a whole number where it is one.</summary>
    public static void Version(Utf8JsonWriter json, string name, string? version)
    {
        if (long.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, version);
        }
    }

    public static void Owner(Utf8JsonWriter json, NodeOwner owner)
    {
        json.WriteStartObject("owner");
        json.WriteString("email", owner.Email);
        json.WriteString("name", owner.Name);
        json.WriteEndObject();
    }

    public Project.Packages.ProjectPackage? Package(string name) =>
        Manifest.Project.Packages.FirstOrDefault(package => package.Name == name);

    private IEnumerable<ManifestNode> Parents(ManifestNode node) =>
        node.DependsOn.Select(id => Manifest.Nodes.GetValueOrDefault(id)).OfType<ManifestNode>();

    private static void MacroNames(Utf8JsonWriter json, IEnumerable<MacroEntry> macros) =>
        json.WriteTexts(
            "macros",
            macros.Where(macro => !macro.IsBuiltIn).Select(macro => macro.UniqueId).Order(StringComparer.Ordinal)
        );
}
