using Headwater.Jinja.Values;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Artifacts;

/// <summary>
/// The config of a node as dbt's manifest writes it: every setting of its kind with the value that holds where nobody says otherwise,
/// and in one form where a project may write several.
/// </summary>
internal static class ConfigValues
{
    public static JinjaDict Of(ManifestNode node)
    {
        var values = Defaults(node);
        foreach (var (key, value) in node.Config.Values.Items)
        {
            values[key] = Text.Str(key) switch
            {
                "pre-hook" or "post-hook" => Hooks(node, Text.Str(key)),
                // A test has an alias where its name is too long.
                "alias" when node is TestNode && value as string == node.Name => null,
                "tags" => new JinjaList(node.Tags),
                "enabled" => node.Config.Enabled,
                "contract" or "docs" or "quoting" when value is JinjaDict own && Default(values, key) is { } before =>
                    Over(before, own),
                "materialized" or "schema" or "alias" or "database" or "group" or "severity" => value is null
                    ? null
                    : Text.Str(value),
                "packages" => new JinjaList(node.Config.Texts("packages")),
                _ => value,
            };
        }

        return values;
    }

    private static JinjaDict Defaults(ManifestNode node) =>
        node switch
        {
            TestNode => Dict([
                .. Shared("test"),
                ("schema", RelationNaming.TestSchema),
                ("severity", "ERROR"),
                ("store_failures", null),
                ("store_failures_as", null),
                ("where", null),
                ("limit", null),
                ("fail_calc", "count(*)"),
                ("warn_if", "!= 0"),
                ("error_if", "!= 0"),
            ]),
            ModelNode => Dict([.. Shared("view"), .. Built(), ("access", "protected"), ("freshness", null)]),
            SeedNode => Dict([.. Shared("seed"), .. Built(), ("delimiter", ","), ("quote_columns", null)]),
            SnapshotNode => Dict([
                .. Shared("snapshot"),
                .. Built(),
                ("strategy", null),
                ("target_schema", null),
                ("target_database", null),
                ("updated_at", null),
                ("check_cols", null),
                ("dbt_valid_to_current", null),
            ]),
            AnalysisNode => Dict([.. Shared("view"), .. Built()]),
            SourceNode => Dict(
                ("enabled", true),
                ("event_time", null),
                ("meta", new JinjaDict()),
                ("tags", new JinjaList())
            ),
            SavedQueryNode => Dict(
                ("enabled", true),
                ("group", null),
                ("meta", new JinjaDict()),
                ("export_as", null),
                ("schema", null),
                ("cache", Dict(("enabled", false)))
            ),
            SemanticNode => Dict(("enabled", true), ("group", null), ("meta", new JinjaDict())),
            _ => Dict(("enabled", true), ("meta", new JinjaDict()), ("tags", new JinjaList())),
        };

    private static (string Key, object? Value)[] Shared(string materialized) =>
        [
            ("enabled", true),
            ("alias", null),
            ("schema", null),
            ("database", null),
            ("tags", new JinjaList()),
            ("meta", new JinjaDict()),
            ("group", null),
            ("materialized", materialized),
        ];

    private static (string Key, object? Value)[] Built() =>
        [
            ("incremental_strategy", null),
            ("batch_size", null),
            ("lookback", 1L),
            ("begin", null),
            ("persist_docs", new JinjaDict()),
            ("post-hook", new JinjaList()),
            ("pre-hook", new JinjaList()),
            ("quoting", new JinjaDict()),
            ("column_types", new JinjaDict()),
            ("full_refresh", null),
            ("unique_key", null),
            ("on_schema_change", "ignore"),
            ("on_configuration_change", "apply"),
            ("grants", new JinjaDict()),
            ("packages", new JinjaList()),
            ("docs", Dict(("show", true), ("node_color", null))),
            ("contract", Dict(("enforced", false), ("alias_types", true))),
            ("event_time", null),
            ("concurrent_batches", null),
        ];

    private static JinjaList Hooks(ManifestNode node, string kind) =>
        new(
            NodeHook
                .Of(node, kind)
                .Select(hook => Dict(("sql", hook.Sql), ("transaction", hook.InTransaction), ("index", null)))
        );

    private static JinjaDict? Default(JinjaDict values, object? key) =>
        values.TryGet(key, out var value) ? value as JinjaDict : null;

    private static JinjaDict Over(JinjaDict before, JinjaDict own)
    {
        var merged = before.Copy();
        merged.Merge(own);
        return merged;
    }

    private static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
}
