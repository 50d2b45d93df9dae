using System.Text.Json;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Publication;

/// <summary>A table of aggregates that a build has made.</summary>
/// <param name="Relation">The table; nobody asks for it by its name.</param>
/// <param name="Digest">Of the SQL that filled it: another definition has another.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="IsSound">Whether it counts each row of its root once.</param>
/// <param name="Types">The types of its columns by their names, as the engine spells them.</param>
/// <param name="Seen">The tables that were read, those below views included, with the versions that it holds for.</param>
internal sealed record PublishedRollup(
    RelationName Relation,
    string Digest,
    long RowCount,
    bool IsSound,
    IReadOnlyDictionary<string, string> Types,
    IReadOnlyList<(RelationName Relation, long Version)> Seen
)
{
    /// <summary>A table that has changed since; null while none has.</summary>
    public RelationName? ChangedSince(VersionSnapshot versions)
    {
        foreach (var (relation, version) in Seen)
        {
            if (versions[relation] != version)
            {
                return relation;
            }
        }

        return null;
    }
}

/// <summary>
/// The table <c>_headwater.rollups</c>: what stands in tables of aggregates, and of which versions of what it was made. Written in the transaction that
/// makes them. Nobody takes a row back when a table changes: its versions do not hold any more.
/// </summary>
internal static class PublishedRollups
{
    private const string Table = "_headwater.rollups";

    /// <summary>Makes the table if it is not there.</summary>
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                digest text NOT NULL,
                row_count bigint NOT NULL,
                is_sound boolean NOT NULL,
                types text NOT NULL,
                seen text NOT NULL,
                is_previous boolean NOT NULL
            );
            """,
            cancellationToken
        );

    /// <summary>
    /// Notes a rollup in place of what was noted under its name, which is kept in case the build is rolled back. Within the caller's transaction.
    /// </summary>
    public static async ValueTask PutAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        PublishedRollup rollup,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(
            $"DELETE FROM {Table} WHERE is_previous AND {Is(rollup.Relation, dialect)}; UPDATE {Table} SET is_previous = true WHERE {Is(rollup.Relation, dialect)}",
            cancellationToken
        );
        await InsertAsync(connection, rollup, cancellationToken);
    }

    /// <summary>
    /// Goes back to what was noted before the last build, where tables were restored whose versions have risen by one since: once by the build, and
    /// now they rise again. Within the caller's transaction.
    /// </summary>
    /// <param name="restored">The relations that stand as before the build, rollups among them.</param>
    /// <param name="versions">The versions before they rise again.</param>
    public static async ValueTask RollBackAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        IReadOnlyCollection<RelationName> restored,
        VersionSnapshot versions,
        CancellationToken cancellationToken
    )
    {
        var known = await ReadAsync(connection, "true", cancellationToken);
        foreach (var relation in restored.Where(name => known.Any(item => item.Rollup.Relation == name)))
        {
            await RemoveAsync(connection, dialect, relation, cancellationToken);
            if (known.FirstOrDefault(item => item.IsPrevious && item.Rollup.Relation == relation).Rollup is { } before)
            {
                var seen = before.Seen.Select(table =>
                    restored.Contains(table.Relation) && table.Version == versions[table.Relation] - 1
                        ? (table.Relation, versions[table.Relation] + 1)
                        : table
                );
                await InsertAsync(connection, before with { Seen = [.. seen] }, cancellationToken);
            }
        }
    }

    private static async ValueTask InsertAsync(
        IWarehouseConnection connection,
        PublishedRollup rollup,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"INSERT INTO {Table} VALUES ($1, $2, $3, $4, $5, $6, $7, false)",
                [
                    new(rollup.Relation.Schema),
                    new(rollup.Relation.Name),
                    new(rollup.Digest),
                    new(rollup.RowCount),
                    new(rollup.IsSound),
                    new(JsonSerializer.Serialize(rollup.Types)),
                    new(
                        JsonSerializer.Serialize(
                            rollup.Seen.Select(table => new SeenTable(
                                table.Relation.Schema,
                                table.Relation.Name,
                                table.Version
                            ))
                        )
                    ),
                ]
            ),
            cancellationToken
        );

    /// <summary>Forgets a rollup. Within the caller's transaction.</summary>
    public static async ValueTask RemoveAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        RelationName relation,
        CancellationToken cancellationToken
    ) => await connection.ExecuteAsync($"DELETE FROM {Table} WHERE {Is(relation, dialect)}", cancellationToken);

    /// <summary>All rollups, those included that no longer hold; none if none was ever made.</summary>
    public static async ValueTask<IReadOnlyList<PublishedRollup>> ReadAllAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    ) => [.. (await ReadAsync(connection, "NOT is_previous", cancellationToken)).Select(item => item.Rollup)];

    private static async ValueTask<IReadOnlyList<(PublishedRollup Rollup, bool IsPrevious)>> ReadAsync(
        IWarehouseConnection connection,
        string condition,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'rollups'",
            cancellationToken
        );
        if (known.RowCount == 0)
        {
            return [];
        }

        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, digest, row_count, is_sound, types, seen, is_previous FROM {Table} WHERE {condition} ORDER BY row_count, schema_name, relation_name",
            cancellationToken
        );
        var rollups = new List<(PublishedRollup, bool)>();
        for (long row = 0; row < table.RowCount; row++)
        {
            rollups.Add(
                (
                    new PublishedRollup(
                        new RelationName(Text(table, row, 0), Text(table, row, 1)),
                        Text(table, row, 2),
                        (long)table.Value(row, 3)!,
                        (bool)table.Value(row, 4)!,
                        JsonSerializer.Deserialize<Dictionary<string, string>>(Text(table, row, 5))!,
                        [
                            .. JsonSerializer
                                .Deserialize<SeenTable[]>(Text(table, row, 6))!
                                .Select(item => (new RelationName(item.Schema, item.Name), item.Version)),
                        ]
                    ),
                    (bool)table.Value(row, 7)!
                )
            );
        }

        return rollups;
    }

    private static string Is(RelationName relation, SqlDialect dialect) =>
        $"schema_name = {dialect.Literal(relation.Schema)} AND relation_name = {dialect.Literal(relation.Name)}";

    private static string Text(ResultTable table, long row, int column) => (string)table.Value(row, column)!;

    private sealed record SeenTable(string Schema, string Name, long Version);
}
