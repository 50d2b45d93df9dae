using System.Text.Json;
using Headwater.Kernel.Names;

namespace Headwater.Compat.Lineage;

/// <summary>A model that dbt compiled.</summary>
/// <param name="Columns">Those that it had in dbt's warehouse, in order; none for an ephemeral one.</param>
internal sealed record CompiledModel(
    string Name,
    RelationName Relation,
    string Sql,
    bool IsIncremental,
    IReadOnlyList<string> Columns
);

/// <summary>What dbt wrote of a project: compiled SQL in <c>docs/manifest.json</c>, columns in <c>docs/catalog.json</c>.</summary>
internal sealed record CompiledProject(
    string Name,
    string Adapter,
    IReadOnlyList<CompiledModel> Models,
    IReadOnlyDictionary<RelationName, IReadOnlyList<string>> Columns
)
{
    /// <summary>The projects below a folder that dbt left documents in.</summary>
    public static IEnumerable<CompiledProject> ReadAll(string folder) =>
        Directory
            .EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Where(project => File.Exists(Path.Combine(project, "docs", "manifest.json")))
            .Select(Read);

    private static CompiledProject Read(string folder)
    {
        using var manifest = Open(folder, "manifest.json");
        var columns = new Dictionary<RelationName, IReadOnlyList<string>>();
        if (File.Exists(Path.Combine(folder, "docs", "catalog.json")))
        {
            using var catalog = Open(folder, "catalog.json");
            foreach (var section in (string[])["nodes", "sources"])
            {
                foreach (var node in catalog.RootElement.GetProperty(section).EnumerateObject())
                {
                    var metadata = node.Value.GetProperty("metadata");
                    var name = new RelationName(Text(metadata, "schema"), Text(metadata, "name"));
                    columns[name] =
                    [
                        .. node
                            .Value.GetProperty("columns")
                            .EnumerateObject()
                            .OrderBy(column => column.Value.GetProperty("index").GetInt32())
                            .Select(column => column.Name),
                    ];
                }
            }
        }

        var models = new List<CompiledModel>();
        foreach (var node in manifest.RootElement.GetProperty("nodes").EnumerateObject())
        {
            if (
                Text(node.Value, "resource_type") == "model"
                && Text(node.Value, "compiled_code") is { Length: > 0 } sql
            )
            {
                var relation = new RelationName(Text(node.Value, "schema"), Text(node.Value, "alias"));
                models.Add(
                    new CompiledModel(
                        Text(node.Value, "name"),
                        relation,
                        sql,
                        Text(node.Value.GetProperty("config"), "materialized") == "incremental",
                        columns.GetValueOrDefault(relation) ?? []
                    )
                );
            }
        }

        return new CompiledProject(
            Path.GetFileName(folder),
            Text(manifest.RootElement.GetProperty("metadata"), "adapter_type"),
            [.. models.OrderBy(model => model.Name, StringComparer.Ordinal)],
            columns
        );
    }

    private static JsonDocument Open(string folder, string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "docs", name)));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
