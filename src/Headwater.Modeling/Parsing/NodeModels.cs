using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;

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
            ("version", draft.Version?.Number),
            ("latest_version", draft.Version?.Latest)
        );

    public static JinjaDict Of(ManifestNode node, string database)
    {
        var relation = (node as RelationNode)?.Relation ?? (node as TestNode)?.FailureRelation;
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
            ("relation_name", RelationName(node, database)),
            ("config", node.Config.Values),
            ("tags", new JinjaList(node.Tags)),
            ("meta", node.Meta),
            ("description", node.Description ?? ""),
            ("raw_code", RawCode(node)),
            ("raw_sql", RawCode(node)),
            ("language", "sql"),
            ("columns", Columns(node.Columns)),
            ("depends_on", Dict(("nodes", new JinjaList(depends)), ("macros", new JinjaList()))),
            ("version", (node as ModelNode)?.Version?.Number),
            ("latest_version", (node as ModelNode)?.Version?.Latest)
        );
    }

    private static string? RelationName(ManifestNode node, string database) =>
        node is RelationNode relation and not ModelNode { IsEphemeral: true }
            ? RelationObject.Of(relation, database, Sql.Dialects.DuckDbDialect.Instance).ToString()
            : null;

    private static string RawCode(ManifestNode node) =>
        node switch
        {
            ModelNode model => model.RawSql,
            SnapshotNode snapshot => snapshot.RawSql,
            AnalysisNode analysis => analysis.RawSql,
            TestNode { Generic: { } generic } => "{{ test_" + generic.TestName + "(**_dbt_generic_test_kwargs) }}",
            TestNode test => test.RawSql,
            _ => "",
        };

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
                            ("quote", column.Quote),
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
