using System.Globalization;
using System.Text.Json;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// The numbered builds of a target, and what the last one put aside: the table <c>_headwater.kept_relations</c>, written in the transaction
/// that publishes. One generation is kept. One instance a build.
/// </summary>
internal sealed class Generations(WarehouseEngine engine, Manifest manifest, TimeProvider clock)
{
    private const string Table = "_headwater.kept_relations";
    private long _positions;

    /// <summary>What separates builds of one database from another: the schema of the target.</summary>
    private string Target => manifest.Parsed.Schema.ToLowerInvariant();

    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        await PublicationRecorder.EnsureAsync(connection, cancellationToken);
        await connection.ExecuteAsync(
            $"""
            CREATE SEQUENCE IF NOT EXISTS _headwater.generations;
            CREATE TABLE IF NOT EXISTS {Table} (
                target text NOT NULL,
                generation bigint NOT NULL,
                position bigint NOT NULL,
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                kind text,
                aside_schema text,
                aside_name text,
                is_view boolean,
                node_id text,
                reads text
            );
            """,
            cancellationToken
        );
    }

    /// <summary>A number for a build, higher than any before.</summary>
    public static async ValueTask<long> NextAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    ) =>
        (long)(await connection.QueryAsync("SELECT nextval('_headwater.generations')", cancellationToken)).Value(0, 0)!;

    /// <summary>Notes what a transaction publishes and puts aside, in that transaction.</summary>
    public async ValueTask RecordAsync(
        IWarehouseConnection connection,
        long generation,
        IReadOnlyCollection<RelationNode> built,
        IReadOnlyList<KeptRelation> kept,
        CancellationToken cancellationToken
    )
    {
        if (kept.Count > 0)
        {
            var rows = kept.Select(relation => Row(generation, ++_positions, relation));
            await connection.ExecuteAsync(
                $"INSERT INTO {Table} SELECT k.*, r.is_view, r.node_id, r.reads FROM (VALUES {string.Join(",\n", rows)}) "
                    + "AS k(target, generation, position, schema_name, relation_name, kind, aside_schema, aside_name) "
                    + "LEFT JOIN _headwater.relations AS r ON r.schema_name = lower(k.schema_name) AND r.relation_name = lower(k.relation_name)",
                cancellationToken
            );
        }

        await new PublicationRecorder(manifest).PublishAsync(connection, built, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>What the last build put aside, newest first; empty if there is nothing to go back to.</summary>
    public async ValueTask<IReadOnlyList<KeptRow>> LastAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(connection, "position > 0", cancellationToken);
        var last = rows.Count == 0 ? 0 : rows.Max(row => row.Generation);
        return [.. rows.Where(row => row.Generation == last)];
    }

    /// <summary>What builds before a generation put aside: of no use any more.</summary>
    public ValueTask<IReadOnlyList<KeptRow>> BeforeAsync(
        IWarehouseConnection connection,
        long generation,
        CancellationToken cancellationToken
    ) => ReadAsync(connection, $"generation < {generation.ToString(CultureInfo.InvariantCulture)}", cancellationToken);

    /// <summary>Notes relations that nobody can go back to: the next build drops them.</summary>
    public async ValueTask DiscardAsync(
        IWarehouseConnection connection,
        long generation,
        IReadOnlyList<KeptRelation> discarded,
        CancellationToken cancellationToken
    )
    {
        if (discarded.Count > 0)
        {
            var rows = discarded.Select(relation => Row(generation, -++_positions, relation));
            await connection.ExecuteAsync(
                $"INSERT INTO {Table} (target, generation, position, schema_name, relation_name, kind, aside_schema, aside_name) VALUES {string.Join(",\n", rows)}",
                cancellationToken
            );
        }
    }

    public async ValueTask ForgetAsync(
        IWarehouseConnection connection,
        IEnumerable<KeptRow> rows,
        CancellationToken cancellationToken
    )
    {
        foreach (var generation in rows.GroupBy(row => row.Generation))
        {
            var positions = string.Join(", ", generation.Select(row => row.Position));
            await connection.ExecuteAsync(
                $"DELETE FROM {Table} WHERE target = {engine.Dialect.Literal(Target)} AND generation = {generation.Key} AND position IN ({positions})",
                cancellationToken
            );
        }
    }

    private async ValueTask<IReadOnlyList<KeptRow>> ReadAsync(
        IWarehouseConnection connection,
        string condition,
        CancellationToken cancellationToken
    )
    {
        var table = await connection.QueryAsync(
            "SELECT generation, position, schema_name, relation_name, kind, aside_schema, aside_name, is_view, node_id, reads "
                + $"FROM {Table} WHERE target = {engine.Dialect.Literal(Target)} AND {condition} ORDER BY generation DESC, abs(position) DESC",
            cancellationToken
        );
        var rows = new List<KeptRow>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            var name = new RelationName((string)table.Value(row, 2)!, (string)table.Value(row, 3)!);
            var kept = new KeptRelation(
                name,
                table.Value(row, 4) is string kind ? WarehouseEngine.KindOf(kind) : null,
                table.Value(row, 5) is string schema ? new RelationName(schema, (string)table.Value(row, 6)!) : null
            );
            var published = table.Value(row, 8) is string node
                ? new PublishedRelation(
                    name,
                    (bool)table.Value(row, 7)!,
                    node,
                    [
                        .. JsonSerializer
                            .Deserialize<string[][]>((string)table.Value(row, 9)!)!
                            .Select(read => new RelationName(read[0], read[1])),
                    ]
                )
                : null;
            rows.Add(new KeptRow((long)table.Value(row, 0)!, (long)table.Value(row, 1)!, kept, published));
        }

        return rows;
    }

    private string Row(long generation, long position, KeptRelation kept)
    {
        string?[] texts =
        [
            kept.Name.Schema,
            kept.Name.Name,
            kept.Kind is { } kind ? WarehouseEngine.Word(kind).ToLowerInvariant() : null,
            kept.Aside?.Schema,
            kept.Aside?.Name,
        ];
        var values = texts.Select(text => text is null ? "CAST(NULL AS text)" : engine.Dialect.Literal(text));
        return $"({engine.Dialect.Literal(Target)}, {generation}, {position}, {string.Join(", ", values)})";
    }
}

/// <summary>A row of the kept relations.</summary>
/// <param name="Published">What was published under the name before; null if nothing was.</param>
internal sealed record KeptRow(long Generation, long Position, KeptRelation Kept, PublishedRelation? Published);
