using System.Text.Json;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Publication;

/// <summary>What a test has shown of a column.</summary>
internal enum ProofKind
{
    /// <summary>No row has a null.</summary>
    NotNull,

    /// <summary>No two rows have the same value; nulls aside.</summary>
    Unique,

    /// <summary>Each value that is not null is one of the other column's.</summary>
    References,
}

/// <summary>What a passed test has shown, and of which state of the tables.</summary>
/// <param name="TestId">The test's unique id.</param>
/// <param name="Target">The other relation and its column, of <see cref="ProofKind.References"/> alone.</param>
/// <param name="Seen">The tables that were read, those below views included, with the versions that the proof holds for.</param>
internal sealed record PublishedProof(
    string TestId,
    ProofKind Kind,
    RelationName Relation,
    string Column,
    (RelationName Relation, string Column)? Target,
    IReadOnlyList<(RelationName Relation, long Version)> Seen
)
{
    /// <summary>True while no table has changed since.</summary>
    public bool HoldsIn(VersionSnapshot versions) => Seen.All(table => versions[table.Relation] == table.Version);
}

/// <summary>
/// The table <c>_headwater.proofs</c>: what the tests of builds have shown of columns. Written in the transaction in which they ran, so that a
/// reader finds a proof with the tables that it is about. Nobody takes a proof back when a table changes: its versions do not hold any more.
/// </summary>
internal static class PublishedProofs
{
    private const string Table = "_headwater.proofs";
    private const int RowsAtOnce = 200;

    /// <summary>Makes the table if it is not there.</summary>
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
                test_id text NOT NULL,
                kind text NOT NULL,
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                column_name text NOT NULL,
                target text NOT NULL,
                seen text NOT NULL
            );
            """,
            cancellationToken
        );

    /// <summary>Notes proofs, and forgets what tests showed earlier that have run again. Within the caller's transaction.</summary>
    /// <param name="ran">The tests that ran, whether they showed anything or not.</param>
    public static async ValueTask PutAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        IReadOnlyList<string> ran,
        IReadOnlyList<PublishedProof> proofs,
        CancellationToken cancellationToken
    )
    {
        foreach (var some in ran.Chunk(RowsAtOnce))
        {
            await connection.ExecuteAsync(
                $"DELETE FROM {Table} WHERE test_id IN ({string.Join(", ", some.Select(dialect.Literal))})",
                cancellationToken
            );
        }

        foreach (var some in proofs.Chunk(RowsAtOnce))
        {
            var rows = some.Select(proof => $"({string.Join(", ", Values(proof).Select(dialect.Literal))})");
            await connection.ExecuteAsync($"INSERT INTO {Table} VALUES {string.Join(",\n", rows)}", cancellationToken);
        }
    }

    /// <summary>Forgets what tests showed that are no more. Within the caller's transaction.</summary>
    /// <param name="isGone">Whether there is no test of a unique id any more.</param>
    public static async ValueTask ForgetAsync(
        IWarehouseConnection connection,
        SqlDialect dialect,
        Func<string, bool> isGone,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync($"SELECT DISTINCT test_id FROM {Table}", cancellationToken);
        var gone = new List<string>();
        for (long row = 0; row < known.RowCount; row++)
        {
            if ((string)known.Value(row, 0)! is var id && isGone(id))
            {
                gone.Add(id);
            }
        }

        await PutAsync(connection, dialect, gone, [], cancellationToken);
    }

    /// <summary>All proofs, those included that no longer hold; none if nothing was ever tested.</summary>
    public static async ValueTask<IReadOnlyList<PublishedProof>> ReadAllAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'proofs'",
            cancellationToken
        );
        if (known.RowCount == 0)
        {
            return [];
        }

        var table = await connection.QueryAsync(
            $"SELECT test_id, kind, schema_name, relation_name, column_name, target, seen FROM {Table} ORDER BY test_id",
            cancellationToken
        );
        var proofs = new List<PublishedProof>();
        for (long row = 0; row < table.RowCount; row++)
        {
            var target = JsonSerializer.Deserialize<string[]>(Text(row, 5))!;
            var seen = JsonSerializer.Deserialize<SeenTable[]>(Text(row, 6))!;
            proofs.Add(
                new PublishedProof(
                    Text(row, 0),
                    Enum.Parse<ProofKind>(Text(row, 1)),
                    new RelationName(Text(row, 2), Text(row, 3)),
                    Text(row, 4),
                    target is [var schema, var name, var column] ? (new RelationName(schema, name), column) : null,
                    [.. seen.Select(item => (new RelationName(item.Schema, item.Name), item.Version))]
                )
            );
        }

        return proofs;

        string Text(long row, int column) => (string)table.Value(row, column)!;
    }

    private static IEnumerable<string> Values(PublishedProof proof) =>
        [
            proof.TestId,
            proof.Kind.ToString(),
            proof.Relation.Schema,
            proof.Relation.Name,
            proof.Column,
            JsonSerializer.Serialize(
                proof.Target is { } target
                    ? [target.Relation.Schema, target.Relation.Name, target.Column]
                    : Array.Empty<string>()
            ),
            JsonSerializer.Serialize(
                proof.Seen.Select(table => new SeenTable(table.Relation.Schema, table.Relation.Name, table.Version))
            ),
        ];

    private sealed record SeenTable(string Schema, string Name, long Version);
}
