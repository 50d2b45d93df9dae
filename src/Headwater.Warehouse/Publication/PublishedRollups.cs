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
                seen text NOT NULL
            );
            """,
            cancellationToken
        );

    /// <summary>Notes a rollup in place of what was noted under its name. Within the caller's transaction.</summary>
    public static async ValueTask PutAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        PublishedRollup rollup,
        CancellationToken cancellationToken
    )
    {
        await RemoveAsync(connection, dialect, rollup.Relation, cancellationToken);
        await connection.ExecuteAsync(
            new SqlCommand(
                $"INSERT INTO {Table} VALUES ($1, $2, $3, $4, $5, $6, $7)",
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
    }

    /// <summary>Forgets a rollup. Within the caller's transaction.</summary>
    public static async ValueTask RemoveAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        RelationName relation,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            $"DELETE FROM {Table} WHERE schema_name = {dialect.Literal(relation.Schema)} AND relation_name = {dialect.Literal(relation.Name)}",
            cancellationToken
        );

    /// <summary>All rollups, those included that no longer hold; none if none was ever made.</summary>
    public static async ValueTask<IReadOnlyList<PublishedRollup>> ReadAllAsync(
        IWarehouseConnection connection,
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
            $"SELECT schema_name, relation_name, digest, row_count, is_sound, types, seen FROM {Table} ORDER BY row_count, schema_name, relation_name",
            cancellationToken
        );
        var rollups = new List<PublishedRollup>();
        for (long row = 0; row < table.RowCount; row++)
        {
            rollups.Add(
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
                )
            );
        }

        return rollups;
    }

    private static string Text(ResultTable table, long row, int column) => (string)table.Value(row, column)!;

    private sealed record SeenTable(string Schema, string Name, long Version);
}
