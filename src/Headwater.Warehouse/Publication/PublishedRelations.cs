using System.Text.Json;
using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Publication;

/// <summary>A table or view that a build has published.</summary>
/// <param name="Name">Schema and name.</param>
/// <param name="IsView">Whether its rows are those of what it reads, at every moment.</param>
/// <param name="NodeId">The node that made it, such as <c>model.shop.orders</c>.</param>
/// <param name="Reads">The relations that it reads directly, raw ones included.</param>
internal sealed record PublishedRelation(
    RelationName Name,
    bool IsView,
    string NodeId,
    IReadOnlyList<RelationName> Reads
);

/// <summary>
/// The table <c>_headwater.relations</c>: what is published and what it reads. Written in the transaction of the build that publishes it.
/// </summary>
internal static class PublishedRelations
{
    private const string Table = "_headwater.relations";

    /// <summary>Makes the table if it is not there.</summary>
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS _headwater;
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                is_view boolean NOT NULL,
                node_id text NOT NULL,
                reads text NOT NULL,
                PRIMARY KEY (schema_name, relation_name)
            );
            """,
            cancellationToken
        );

    /// <summary>Notes relations as published, in place of what was noted under their names. Within the caller's transaction.</summary>
    public static async ValueTask PutAsync(
        IWarehouseConnection connection,
        IEnumerable<PublishedRelation> relations,
        CancellationToken cancellationToken
    )
    {
        foreach (var relation in relations)
        {
            var reads = JsonSerializer.Serialize(relation.Reads.Select(read => new[] { read.Schema, read.Name }));
            IReadOnlyList<SqlParameter> parameters =
            [
                new(relation.Name.Schema.ToLowerInvariant()),
                new(relation.Name.Name.ToLowerInvariant()),
                new(relation.IsView),
                new(relation.NodeId),
                new(reads),
            ];
            var changed = await connection.ExecuteAsync(
                new SqlCommand(
                    $"UPDATE {Table} SET is_view = $3, node_id = $4, reads = $5 WHERE schema_name = $1 AND relation_name = $2",
                    parameters
                ),
                cancellationToken
            );
            if (changed == 0)
            {
                await connection.ExecuteAsync(
                    new SqlCommand($"INSERT INTO {Table} VALUES ($1, $2, $3, $4, $5)", parameters),
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Forgets relations that are no longer published. Within the caller's transaction.</summary>
    public static async ValueTask RemoveAsync(
        IWarehouseConnection connection,
        IEnumerable<RelationName> relations,
        CancellationToken cancellationToken
    )
    {
        foreach (var relation in relations)
        {
            await connection.ExecuteAsync(
                new SqlCommand(
                    $"DELETE FROM {Table} WHERE schema_name = $1 AND relation_name = $2",
                    [new(relation.Schema.ToLowerInvariant()), new(relation.Name.ToLowerInvariant())]
                ),
                cancellationToken
            );
        }
    }

    /// <summary>All published relations; none if nothing was ever published.</summary>
    public static async ValueTask<IReadOnlyList<PublishedRelation>> ReadAllAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'relations'",
            cancellationToken
        );
        if (known.RowCount == 0)
        {
            return [];
        }

        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, is_view, node_id, reads FROM {Table}",
            cancellationToken
        );
        var relations = new List<PublishedRelation>();
        for (long row = 0; row < table.RowCount; row++)
        {
            var reads = JsonSerializer.Deserialize<string[][]>((string)table.Value(row, 4)!)!;
            relations.Add(
                new PublishedRelation(
                    new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!),
                    (bool)table.Value(row, 2)!,
                    (string)table.Value(row, 3)!,
                    [.. reads.Select(read => new RelationName(read[0], read[1]))]
                )
            );
        }

        return relations;
    }
}
