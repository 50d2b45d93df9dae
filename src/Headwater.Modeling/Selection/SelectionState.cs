using System.Text.Json;
using Headwater.Modeling.Artifacts;

namespace Headwater.Modeling.Selection;

/// <summary>What <c>state:</c>, <c>result:</c> and <c>source_status:</c> compare with: the artifacts of an earlier run. Immutable.</summary>
public sealed class SelectionState
{
    private SelectionState(
        IReadOnlyDictionary<string, StateNode> nodes,
        IReadOnlyDictionary<string, string> macros,
        IReadOnlyDictionary<string, string> results,
        IReadOnlyDictionary<string, string> loaded
    )
    {
        Nodes = nodes;
        Macros = macros;
        Results = results;
        Loaded = loaded;
    }

    /// <summary>True if the earlier manifest has a node.</summary>
    public bool Knows(string uniqueId) => Nodes.ContainsKey(uniqueId);

    /// <summary>The same, to be given what is loaded now.</summary>
    public SelectionState(SelectionState other)
        : this(other.Nodes, other.Macros, other.Results, other.Loaded) { }

    /// <summary>The nodes of the earlier manifest by unique id.</summary>
    internal IReadOnlyDictionary<string, StateNode> Nodes { get; }

    /// <summary>The texts of the earlier macros by unique id.</summary>
    internal IReadOnlyDictionary<string, string> Macros { get; }

    /// <summary>dbt's word for how each node of the earlier run ended.</summary>
    internal IReadOnlyDictionary<string, string> Results { get; }

    /// <summary>When each source was last loaded, as the earlier check of freshness saw it.</summary>
    internal IReadOnlyDictionary<string, string> Loaded { get; }

    /// <summary>When each source is loaded now, from a check of freshness since; empty if there was none.</summary>
    public IReadOnlyDictionary<string, string> LoadedNow { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads <c>manifest.json</c>, <c>run_results.json</c> and <c>sources.json</c> of a folder, as far as they are there.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2124: there is none of them, or one is no JSON.</exception>
    public static SelectionState Read(string folder)
    {
        using var manifest = Document(folder, "manifest.json");
        using var results = Document(folder, "run_results.json");
        using var sources = Document(folder, "sources.json");
        if (manifest is null && results is null && sources is null)
        {
            throw ModelingDiagnostics
                .BadState.With(folder, "it holds no manifest.json, run_results.json or sources.json")
                .ToException();
        }

        return new SelectionState(
            Entries(
                    manifest,
                    "nodes",
                    "sources",
                    "exposures",
                    "unit_tests",
                    "semantic_models",
                    "metrics",
                    "saved_queries"
                )
                .ToDictionary(entry => entry.Name, entry => StateNode.Of(entry.Value), StringComparer.Ordinal),
            Entries(manifest, "macros")
                .ToDictionary(
                    entry => entry.Name,
                    entry => TextDigest.Of(Text(entry.Value, "macro_sql") ?? ""),
                    StringComparer.Ordinal
                ),
            Items(results)
                .ToDictionary(item => item.Id, item => Text(item.Item, "status") ?? "", StringComparer.Ordinal),
            Items(sources)
                .ToDictionary(item => item.Id, item => Text(item.Item, "max_loaded_at") ?? "", StringComparer.Ordinal)
        );
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonDocument? Document(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw ModelingDiagnostics.BadState.With(path, problem.Message).ToException(problem);
        }
    }

    private static IEnumerable<JsonProperty> Entries(JsonDocument? document, params string[] kinds) =>
        document is null
            ? []
            : kinds
                .Where(kind => document.RootElement.TryGetProperty(kind, out _))
                .SelectMany(kind => document.RootElement.GetProperty(kind).EnumerateObject());

    private static IEnumerable<(string Id, JsonElement Item)> Items(JsonDocument? document) =>
        document is not null && document.RootElement.TryGetProperty("results", out var results)
            ? results
                .EnumerateArray()
                .Select(item => (Text(item, "unique_id") ?? "", item))
                .DistinctBy(item => item.Item1)
            : [];
}
