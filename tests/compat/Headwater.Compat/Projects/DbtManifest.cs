using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headwater.Compat.Projects;

/// <summary>What dbt wrote about a project: <c>docs/manifest.json</c>.</summary>
internal sealed partial class DbtManifest
{
    private readonly JsonElement _root;

    private DbtManifest(JsonElement root) => _root = root;

    /// <summary>Reads the manifest of a project's folder, or gives null where it has none.</summary>
    public static DbtManifest? Read(string folder)
    {
        var path = Path.Combine(folder, "docs", "manifest.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new DbtManifest(document.RootElement.Clone());
    }

    /// <summary>When dbt ran: what its templates saw as now.</summary>
    public DateTimeOffset StartedAt =>
        DateTimeOffset.Parse(
            Text(_root.GetProperty("metadata"), "invocation_started_at")!,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    public string InvocationId => Text(_root.GetProperty("metadata"), "invocation_id") ?? "";

    public IEnumerable<DbtNode> Nodes =>
        _root
            .GetProperty("nodes")
            .EnumerateObject()
            .Select(node => new DbtNode(
                node.Name,
                Text(node.Value, "resource_type")!,
                Text(node.Value, "database") ?? "",
                Text(node.Value, "schema") ?? "",
                Text(node.Value, "compiled_code")
            ));

    /// <summary>The schema that models went to which asked for none: that of the seeds, or the models' where there are no seeds.</summary>
    public string TargetSchema =>
        Nodes.FirstOrDefault(node => node.ResourceType == "seed")?.Schema
        ?? Nodes.First(node => node.ResourceType == "model").Schema;

    public string Database => Nodes.First().Database;

    /// <summary>The variables that name the schemas of sources, with the values that they had.</summary>
    public IReadOnlyDictionary<string, string> SourceSchemas
    {
        get
        {
            var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var source in _root.GetProperty("sources").EnumerateObject())
            {
                if (
                    Text(source.Value, "unrendered_schema") is { } written
                    && FirstVariable().Match(written) is { Success: true } match
                )
                {
                    found[match.Groups["name"].Value] = Text(source.Value, "schema")!;
                }
            }

            return found;
        }
    }

    public IEnumerable<DbtMacro> Macros =>
        _root
            .GetProperty("macros")
            .EnumerateObject()
            .Select(macro => new DbtMacro(
                Text(macro.Value, "package_name")!,
                Text(macro.Value, "name")!,
                Text(macro.Value, "original_file_path")!,
                Text(macro.Value, "macro_sql")!
            ));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(
        @"var\s*\(\s*['""](?<name>\w+)['""]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FirstVariable();
}

internal sealed record DbtNode(string UniqueId, string ResourceType, string Database, string Schema, string? Compiled);

internal sealed record DbtMacro(string Package, string Name, string Path, string Sql);
