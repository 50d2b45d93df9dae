using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>The dict that templates see as <c>model</c> and <c>node</c>.</summary>
internal static class NodeModels
{
    // What is written of nodes depends on all macros of their project, which are looked through once.
    private static readonly ConditionalWeakTable<Manifest, NodeJson> Nodes = new();

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

    /// <summary>A node as <c>manifest.json</c> has it, with the warehouse that the build uses.</summary>
    /// <param name="compiled">Its compiled SQL, or null before it is compiled.</param>
    public static JinjaDict Of(ManifestNode node, Manifest manifest, ParsedProject project, string? compiled = null)
    {
        var model = Members(json => Nodes.GetValue(manifest, MakeNodes).Write(json, node));
        if (node is not (ExposureNode or UnitTestNode or SemanticNode))
        {
            model["database"] = (node as RelationNode)?.Database ?? project.Catalog;
            model["relation_name"] = RelationName(node, project);
        }

        if (model.TryGet("raw_code", out var code))
        {
            model["raw_sql"] = code;
        }

        if (compiled is not null && node is not SeedNode)
        {
            model["compiled"] = true;
            model["compiled_code"] = compiled;
        }

        return model;
    }

    /// <summary>What a function writes as the members of an object.</summary>
    public static JinjaDict Members(Action<Utf8JsonWriter> write) =>
        (JinjaDict)Jinja.Values.Json.Read(Encoding.UTF8.GetString(JsonFragment.Write(write)))!;

    /// <summary>The quoted name of what the node is built as; null if it is nothing.</summary>
    public static string? RelationName(ManifestNode node, ParsedProject project) =>
        node is RelationNode relation and not ModelNode { IsEphemeral: true }
            ? RelationObject.Of(relation, project.Catalog, project.Dialect).ToString()
            : null;

    private static NodeJson MakeNodes(Manifest manifest) =>
        new(new NodeFields(manifest, FrozenDictionary<string, string>.Empty));

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
