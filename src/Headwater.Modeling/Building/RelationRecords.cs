using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>
/// The table <c>_headwater.relations</c>: a row for each published relation, written in the transaction that builds it.
/// <c>depends_on</c> is a JSON list of <c>[schema, name]</c>: what a table was built from; for a view everything that a reader of it
/// reads, through other views down to tables, these views included. The version of a view's content is its own and theirs.
/// </summary>
internal sealed class RelationRecords(Manifest manifest)
{
    private const string Table = "_headwater.relations";

    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS _headwater;
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                kind text NOT NULL,
                unique_id text NOT NULL,
                package text NOT NULL,
                model_name text NOT NULL,
                description text,
                columns json NOT NULL,
                meta json NOT NULL,
                tags json NOT NULL,
                depends_on json NOT NULL,
                built_at timestamptz NOT NULL,
                PRIMARY KEY (schema_name, relation_name)
            );
            """,
            cancellationToken
        );

    /// <summary>Writes the rows of relations that were just built.</summary>
    public async ValueTask WriteAsync(
        IWarehouseConnection connection,
        IEnumerable<RelationNode> nodes,
        DateTimeOffset builtAt,
        CancellationToken cancellationToken
    )
    {
        foreach (var node in nodes)
        {
            var columns = await connection.ColumnsOfAsync(node.Relation, cancellationToken);
            SqlParameter[] parameters =
            [
                new(node.Relation.Schema),
                new(node.Relation.Name),
                new(IsView(node) ? "view" : "table"),
                new(node.UniqueId),
                new(node.Package),
                new(node.Name),
                new(node.Description),
                new(ColumnsJson(node, columns)),
                new(Json.Write(node.Meta)),
                new(JsonSerializer.Serialize(node.Tags)),
                new(JsonSerializer.Serialize(Inputs(node).Select(input => new[] { input.Schema, input.Name }))),
                new(builtAt),
            ];
            await connection.ExecuteAsync(
                new SqlCommand(
                    $"INSERT OR REPLACE INTO {Table} VALUES ($1, $2, $3, $4, $5, $6, $7::text, $8, $9, $10, $11, $12)",
                    parameters
                ),
                cancellationToken
            );
        }
    }

    /// <summary>Takes back the rows of relations whose models are gone from the project. Their tables stay, unpublished.</summary>
    public async ValueTask ForgetOthersAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"DELETE FROM {Table} WHERE NOT list_contains($1, unique_id)",
                [new SqlParameter(manifest.Nodes.Keys.ToList())]
            ),
            cancellationToken
        );

    private IEnumerable<RelationName> Inputs(RelationNode node)
    {
        var inputs = new HashSet<RelationName>();
        Collect(node, IsView(node), inputs);
        return inputs.OrderBy(input => input.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    private void Collect(RelationNode node, bool throughViews, HashSet<RelationName> inputs)
    {
        foreach (var parent in node.DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id)).OfType<RelationNode>())
        {
            if (parent is ModelNode { IsEphemeral: true })
            {
                Collect(parent, throughViews, inputs);
            }
            else if (inputs.Add(parent.Relation) && throughViews && IsView(parent))
            {
                Collect(parent, throughViews, inputs);
            }
        }
    }

    private static bool IsView(RelationNode node) => node is ModelNode && node.Config.Materialized == "view";

    private static string ColumnsJson(RelationNode node, IReadOnlyList<(string Name, string Type)> columns)
    {
        var described = new Dictionary<string, ColumnInfo>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in node.Columns)
        {
            described.TryAdd(column.Name, column);
        }

        return Json.Write(
            new JinjaList(
                columns.Select(column =>
                {
                    var info = described.GetValueOrDefault(column.Name);
                    return (object?)
                        new JinjaDict([
                            KeyValuePair.Create("name", (object?)column.Name),
                            KeyValuePair.Create("type", (object?)column.Type),
                            KeyValuePair.Create("description", (object?)info?.Description),
                            KeyValuePair.Create("tags", (object?)new JinjaList(info?.Tags ?? [])),
                            KeyValuePair.Create("meta", (object?)(info?.Meta ?? new JinjaDict())),
                        ]);
                })
            )
        );
    }
}
