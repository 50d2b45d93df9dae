using System.Text.Json;
using Headwater.Modeling.Artifacts;

namespace Headwater.Modeling.Selection;

/// <summary>A node of an earlier manifest, as far as changes are told by it.</summary>
/// <param name="Code">The raw code, as texts are compared; null for a node that has none.</param>
/// <param name="Config">The config as JSON, by key.</param>
/// <param name="Place">Database, schema and name of its relation.</param>
/// <param name="Checksum">The digest of a seed's file.</param>
internal sealed record StateNode(
    string? Code,
    IReadOnlyDictionary<string, JsonElement> Config,
    (string? Database, string? Schema, string? Name) Place,
    string? Checksum
)
{
    /// <summary>The description, for a node that has one.</summary>
    public string Description { get; private init; } = "";

    /// <summary>Descriptions of columns by name, those without one left out.</summary>
    public IReadOnlyDictionary<string, string> ColumnDescriptions { get; private init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What its contract promises, as <see cref="ContractJson.Promises(Graph.ModelNode)"/> writes it; null without an enforced contract.</summary>
    public string? Contract { get; private init; }

    public static StateNode Of(JsonElement node) =>
        new(
            (SelectionState.Text(node, "raw_code") ?? SelectionState.Text(node, "raw_sql")) is { } code
                ? TextDigest.Of(code)
                : null,
            node.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
                ? config
                    .EnumerateObject()
                    .DistinctBy(entry => entry.Name)
                    .ToDictionary(entry => entry.Name, entry => entry.Value.Clone(), StringComparer.Ordinal)
                : new Dictionary<string, JsonElement>(StringComparer.Ordinal),
            (
                SelectionState.Text(node, "database"),
                SelectionState.Text(node, "schema"),
                SelectionState.Text(node, "identifier") ?? SelectionState.Text(node, "alias")
            ),
            node.TryGetProperty("checksum", out var checksum) ? SelectionState.Text(checksum, "checksum") : null
        )
        {
            Description = SelectionState.Text(node, "description") ?? "",
            ColumnDescriptions = Columns(node)
                .Select(column => (column.Name, Text: SelectionState.Text(column.Value, "description") ?? ""))
                .Where(column => column.Text.Length > 0)
                .ToDictionary(column => column.Name, column => column.Text, StringComparer.Ordinal),
            Contract =
                node.TryGetProperty("contract", out var contract)
                && contract.ValueKind == JsonValueKind.Object
                && contract.TryGetProperty("enforced", out var enforced)
                && enforced.ValueKind == JsonValueKind.True
                    ? Promises(node)
                    : null,
        };

    // From the columns, not from the digest, which each product counts in its own way.
    private static string Promises(JsonElement node) =>
        ContractJson.Promises([
            .. Columns(node)
                .Select(column =>
                    (
                        column.Name,
                        SelectionState.Text(column.Value, "data_type"),
                        Constraints(column.Value)
                            .Select(constraint =>
                                $"{SelectionState.Text(constraint, "type")} {SelectionState.Text(constraint, "expression")}"
                            )
                    )
                ),
            (
                "",
                null,
                Constraints(node)
                    .Select(constraint =>
                        $"{SelectionState.Text(constraint, "type")} {SelectionState.Text(constraint, "expression")} {Names(constraint)}"
                    )
            ),
        ]);

    private static IEnumerable<JsonProperty> Columns(JsonElement node) =>
        node.TryGetProperty("columns", out var columns) && columns.ValueKind == JsonValueKind.Object
            ? columns.EnumerateObject().DistinctBy(column => column.Name)
            : [];

    private static IEnumerable<JsonElement> Constraints(JsonElement owner) =>
        owner.TryGetProperty("constraints", out var constraints) && constraints.ValueKind == JsonValueKind.Array
            ? constraints.EnumerateArray()
            : [];

    private static string Names(JsonElement constraint) =>
        constraint.TryGetProperty("columns", out var columns) && columns.ValueKind == JsonValueKind.Array
            ? string.Join(' ', columns.EnumerateArray().Select(column => column.GetString()))
            : "";
}
