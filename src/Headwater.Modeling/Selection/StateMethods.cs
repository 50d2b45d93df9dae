using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Selection;

/// <summary>
/// The methods that compare with an earlier run. A node counts as modified if its code, its config, its relation, its contract, what is
/// said of it in the database, or a macro that it calls is another; <c>state:modified.body</c>, <c>.configs</c>, <c>.relation</c>,
/// <c>.contract</c>, <c>.persisted_descriptions</c> and <c>.macros</c> ask for one of these alone.
/// </summary>
internal sealed class StateMethods(Manifest manifest, SelectionState? state)
{
    private readonly MacroUse _macros = new(manifest.Parsed.Macros);

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2117: there is no earlier run to compare with.</exception>
    public bool Matches(ManifestNode node, Criterion criterion)
    {
        if (state is null)
        {
            throw ModelingDiagnostics
                .UnknownSelector.With(
                    $"{criterion.Method}:{criterion.Value}",
                    "name the folder of an earlier run's artifacts with --state"
                )
                .ToException();
        }

        return criterion.Method switch
        {
            "result" => state.Results.TryGetValue(node.UniqueId, out var result)
                && string.Equals(result, criterion.Value, StringComparison.OrdinalIgnoreCase),
            "source_status" => node is SourceNode && criterion.Value == "fresher" && IsFresher(node.UniqueId, state),
            _ => IsState(node, criterion.Value, state),
        };
    }

    /// <summary>The kinds of changes of a node that the earlier run knows, such as <c>modified.body</c>.</summary>
    public IReadOnlyList<string> Changes(ManifestNode node) =>
        state is null
            ? []
            :
            [
                .. ((string[])["body", "configs", "relation", "contract", "persisted_descriptions", "macros"])
                    .Select(part => "modified." + part)
                    .Where(part => IsState(node, part, state)),
            ];

    private static bool IsFresher(string id, SelectionState state) =>
        state.LoadedNow.TryGetValue(id, out var now)
        && (!state.Loaded.TryGetValue(id, out var before) || string.CompareOrdinal(now, before) > 0);

    private bool IsState(ManifestNode node, string value, SelectionState state)
    {
        var known = state.Nodes.TryGetValue(node.UniqueId, out var before);
        return value switch
        {
            "new" => !known,
            "old" => known,
            "modified" => !known || IsModified(node, before!, state),
            "unmodified" => known && !IsModified(node, before!, state),
            "modified.body" => known && HasOtherBody(node, before!),
            "modified.configs" => known && HasOtherConfig(node, before!),
            "modified.relation" => known && HasOtherRelation(node, before!),
            "modified.contract" => known && HasOtherContract(node, before!),
            "modified.persisted_descriptions" => known && HasOtherDescriptions(node, before!),
            "modified.macros" => known && HasOtherMacros(node, state),
            _ => throw ModelingDiagnostics
                .UnknownSelector.With(
                    $"state:{value}",
                    "accepted: new, old, modified, unmodified, modified.body, modified.configs, modified.relation, modified.contract, modified.persisted_descriptions, modified.macros"
                )
                .ToException(),
        };
    }

    private bool IsModified(ManifestNode node, StateNode before, SelectionState state) =>
        HasOtherBody(node, before)
        || HasOtherConfig(node, before)
        || HasOtherRelation(node, before)
        || HasOtherContract(node, before)
        || HasOtherDescriptions(node, before)
        || HasOtherMacros(node, state);

    private static bool HasOtherBody(ManifestNode node, StateNode before) =>
        node switch
        {
            ModelNode model => Differs(model.RawSql, before.Code),
            SnapshotNode snapshot => Differs(snapshot.RawSql, before.Code),
            AnalysisNode analysis => Differs(analysis.RawSql, before.Code),
            TestNode { Generic: null } test => Differs(test.RawSql, before.Code),
            SeedNode seed => before.Checksum is { } checksum
                && File.Exists(seed.File)
                && !TextDigest.Fits(checksum, File.ReadAllText(seed.File)),
            _ => false,
        };

    private static bool Differs(string code, string? before) =>
        before is not null && !string.Equals(TextDigest.Of(code), before, StringComparison.Ordinal);

    // Both sides hold defaults, as far as the earlier one knew the setting.
    private static bool HasOtherConfig(ManifestNode node, StateNode before) =>
        before.Config.Count > 0
        && ConfigValues
            .Of(node)
            .Items.Any(pair =>
                before.Config.TryGetValue(Text.Str(pair.Key), out var old)
                    ? !IsSame(pair.Value, old)
                    : node.Config[Text.Str(pair.Key)] is not null
            );

    private static bool HasOtherContract(ManifestNode node, StateNode before) =>
        node is ModelNode model && (model.HasContract ? ContractJson.Promises(model) : null) != before.Contract;

    // Descriptions that no database holds change nothing there.
    private static bool HasOtherDescriptions(ManifestNode node, StateNode before) =>
        node.Config["persist_docs"] is JinjaDict persisted
        && (
            (
                persisted.TryGet("relation", out var relation)
                && relation is true
                && (node.Description ?? "") != before.Description
            )
            || (
                persisted.TryGet("columns", out var columns)
                && columns is true
                && HasOtherColumnDescriptions(node, before)
            )
        );

    private static bool HasOtherColumnDescriptions(ManifestNode node, StateNode before)
    {
        var described = node
            .Columns.Where(column => !string.IsNullOrEmpty(column.Description))
            .DistinctBy(column => column.Name, StringComparer.Ordinal)
            .ToList();
        return described.Count != before.ColumnDescriptions.Count
            || described.Exists(column =>
                before.ColumnDescriptions.GetValueOrDefault(column.Name) != column.Description
            );
    }

    private static bool IsSame(object? value, JsonElement old) =>
        old.ValueKind switch
        {
            JsonValueKind.Null => value is null,
            JsonValueKind.Array when value is not (JinjaList or JinjaTuple) => old.GetArrayLength() == 1
                && IsSame(value, old[0]),
            JsonValueKind.Array => Iteration.Over(value).Count() == old.GetArrayLength()
                && Iteration.Over(value).Zip(old.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second)),
            JsonValueKind.Object => value is JinjaDict dict && IsSame(dict, old),
            JsonValueKind.String => string.Equals(Text.Str(value), old.GetString(), StringComparison.OrdinalIgnoreCase),
            JsonValueKind.True => value is true,
            JsonValueKind.False => value is false,
            _ => Text.Str(value) == old.GetRawText(),
        };

    private static bool IsSame(JinjaDict dict, JsonElement old) =>
        dict.Items.All(pair =>
            old.TryGetProperty(Text.Str(pair.Key), out var inner) ? IsSame(pair.Value, inner) : pair.Value is null
        )
        && old.EnumerateObject().All(inner => inner.Value.ValueKind == JsonValueKind.Null || dict.Contains(inner.Name));

    private static bool HasOtherRelation(ManifestNode node, StateNode before) =>
        node is RelationNode relation
        && before.Place.Name is not null
        && (relation.Relation.Schema != before.Place.Schema || relation.Relation.Name != before.Place.Name);

    private bool HasOtherMacros(ManifestNode node, SelectionState state) =>
        state.Macros.Count > 0
        && _macros
            .Of(node)
            .Where(macro => !macro.IsBuiltIn)
            .Any(macro =>
                !state.Macros.TryGetValue($"macro.{macro.Package}.{macro.Name}", out var before)
                || !before.Contains(TextDigest.Of(macro.Definition.Source), StringComparison.Ordinal)
            );
}
