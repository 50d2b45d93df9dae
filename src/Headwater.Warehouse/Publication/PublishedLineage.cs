using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Publication;

/// <summary>The column lineage of one published relation.</summary>
/// <param name="Digest">What it was traced from, so that the same is not traced again.</param>
/// <param name="Document">The lineage as JSON.</param>
internal sealed record PublishedLineageRow(RelationName Relation, string Digest, string Document);

/// <summary>
/// The table <c>_headwater.column_lineage</c>: where the columns of published relations come from. Written in the transaction of the build that
/// publishes them. What a build replaces stays, marked, until the next change, so that a rollback finds it.
/// </summary>
internal static class PublishedLineage
{
    private const string Table = "_headwater.column_lineage";
    private const int RowsAtOnce = 100;

    /// <summary>Makes the table if it is not there.</summary>
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                generation bigint NOT NULL,
                replaced_by bigint,
                digest text NOT NULL,
                document text NOT NULL
            );
            """,
            cancellationToken
        );

    /// <summary>Notes lineages in place of those of the same relations. Within the caller's transaction.</summary>
    /// <param name="generation">The number of the build.</param>
    public static async ValueTask PutAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        long generation,
        IReadOnlyList<PublishedLineageRow> rows,
        CancellationToken cancellationToken
    )
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            var names = Names(dialect, some.Select(row => row.Relation));
            var values = some.Select(row =>
                $"({Name(dialect, row.Relation)}, {generation}, NULL, {dialect.Literal(row.Digest)}, {dialect.Literal(row.Document)})"
            );
            await connection.ExecuteAsync(
                $"DELETE FROM {Table} WHERE (replaced_by < {generation} OR generation = {generation}) AND {names};\n"
                    + $"UPDATE {Table} SET replaced_by = {generation} WHERE replaced_by IS NULL AND {names};\n"
                    + $"INSERT INTO {Table} VALUES {string.Join(",\n", values)}",
                cancellationToken
            );
        }
    }

    /// <summary>Forgets relations that are no longer published. Within the caller's transaction.</summary>
    public static async ValueTask RemoveAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        IReadOnlyCollection<RelationName> relations,
        CancellationToken cancellationToken
    )
    {
        if (relations.Count > 0)
        {
            await connection.ExecuteAsync($"DELETE FROM {Table} WHERE {Names(dialect, relations)}", cancellationToken);
        }
    }

    /// <summary>Goes back to what was noted before a build. Within the caller's transaction.</summary>
    /// <param name="generation">The number of the build.</param>
    /// <param name="left">Relations that stay as the build left them.</param>
    public static async ValueTask RollBackAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        long generation,
        IReadOnlyCollection<RelationName> left,
        CancellationToken cancellationToken
    )
    {
        var others = left.Count == 0 ? "" : $" AND NOT ({Names(dialect, left)})";
        await connection.ExecuteAsync(
            $"DELETE FROM {Table} WHERE generation = {generation}{others};\n"
                + $"UPDATE {Table} SET replaced_by = NULL WHERE replaced_by = {generation}{others}",
            cancellationToken
        );
    }

    /// <summary>The digests of all relations.</summary>
    public static async ValueTask<Dictionary<RelationName, string>> ReadDigestsAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, digest FROM {Table} WHERE replaced_by IS NULL",
            cancellationToken
        );
        var digests = new Dictionary<RelationName, string>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            var name = new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!);
            digests[name] = (string)table.Value(row, 2)!;
        }

        return digests;
    }

    /// <summary>All lineages as JSON, read at one moment; none if nothing was ever published.</summary>
    public static async ValueTask<IReadOnlyList<string>> ReadAllAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'column_lineage'",
            cancellationToken
        );
        if (known.RowCount == 0)
        {
            return [];
        }

        var table = await connection.QueryAsync(
            $"SELECT document FROM {Table} WHERE replaced_by IS NULL",
            cancellationToken
        );
        var documents = new List<string>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            documents.Add((string)table.Value(row, 0)!);
        }

        return documents;
    }

    private static string Names(SqlDialect dialect, IEnumerable<RelationName> relations) =>
        $"(schema_name, relation_name) IN ({string.Join(", ", relations.Select(relation => $"({Name(dialect, relation)})"))})";

    private static string Name(SqlDialect dialect, RelationName relation) =>
        $"{dialect.Literal(relation.Schema.ToLowerInvariant())}, {dialect.Literal(relation.Name.ToLowerInvariant())}";
}
