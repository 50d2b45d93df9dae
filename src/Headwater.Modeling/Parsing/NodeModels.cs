using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>The dict that templates see as <c>model</c> and <c>node</c>.</summary>
internal static class NodeModels
{
    public static JinjaDict Of(NodeDraft draft, string database, string? schema, string? alias) =>
        Dict(
            ("name", draft.Name),
            ("unique_id", draft.UniqueId),
            ("resource_type", draft.ResourceType),
            ("package_name", draft.Package),
            ("path", WithoutFolder(draft.Path)),
            ("original_file_path", draft.Path),
            ("fqn", new JinjaList(draft.Fqn)),
            ("database", database),
            ("schema", schema),
            ("alias", alias ?? draft.Name),
            ("relation_name", null),
            ("config", draft.Config),
            ("tags", new JinjaList(draft.Settled.Tags)),
            ("meta", draft.Settled.Meta),
            ("description", draft.Patch?.Description ?? ""),
            ("raw_code", draft.RawSql),
            ("raw_sql", draft.RawSql),
            ("language", "sql"),
            ("columns", Columns(draft.Patch?.Columns ?? [])),
            ("depends_on", Dict(("nodes", new JinjaList()), ("macros", new JinjaList()))),
            ("refs", new JinjaList()),
            ("sources", new JinjaList()),
            ("version", null)
        );

    public static JinjaDict Of(ManifestNode node, string database)
    {
        var relation = (node as RelationNode)?.Relation;
        var depends = node.DependsOn.Select(id => (object?)id);
        return Dict(
            ("name", node.Name),
            ("unique_id", node.UniqueId),
            ("resource_type", node.ResourceType),
            ("package_name", node.Package),
            ("path", WithoutFolder(node.Path)),
            ("original_file_path", node.Path),
            ("fqn", new JinjaList(node.Fqn)),
            ("database", database),
            ("schema", relation?.Schema),
            ("alias", relation?.Name ?? node.Name),
            ("relation_name", relation is null ? null : $"\"{relation.Schema}\".\"{relation.Name}\""),
            ("config", node.Config.Values),
            ("tags", new JinjaList(node.Tags)),
            ("meta", node.Meta),
            ("description", node.Description ?? ""),
            ("raw_code", (node as ModelNode)?.RawSql ?? ""),
            ("raw_sql", (node as ModelNode)?.RawSql ?? ""),
            ("language", "sql"),
            ("columns", Columns(node.Columns)),
            ("depends_on", Dict(("nodes", new JinjaList(depends)), ("macros", new JinjaList()))),
            ("version", null)
        );
    }

    private static JinjaDict Columns(IReadOnlyList<ColumnInfo> columns) =>
        Dict([
            .. columns
                .DistinctBy(column => column.Name)
                .Select(column =>
                    (
                        column.Name,
                        (object?)Dict(
                            ("name", column.Name),
                            ("description", column.Description ?? ""),
                            ("data_type", column.DataType),
                            ("tags", new JinjaList(column.Tags)),
                            ("meta", column.Meta)
                        )
                    )
                ),
        ]);

    private static string WithoutFolder(string path) => path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
}
