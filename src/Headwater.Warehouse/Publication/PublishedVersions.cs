using System.Collections.Immutable;
using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Publication;

/// <summary>
/// The table <c>_headwater.relation_versions</c>: a number for each published relation that rises whenever its rows may have changed.
/// It lives in the warehouse, so that it changes in the very transaction that changes the rows.
/// </summary>
internal static class PublishedVersions
{
    private const string Table = "_headwater.relation_versions";

    private const string Known =
        "SELECT 1 FROM information_schema.tables WHERE table_schema = '_headwater' AND table_name = 'relation_versions'";

    /// <summary>Makes the table if it is not there.</summary>
    // The key is what makes two first publications of one relation collide, and not end as one version.
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS _headwater;
            CREATE TABLE IF NOT EXISTS {Table} (
                schema_name text NOT NULL,
                relation_name text NOT NULL,
                version bigint NOT NULL,
                changed_at timestamptz NOT NULL,
                PRIMARY KEY (schema_name, relation_name)
            );
            """,
            cancellationToken
        );

    /// <summary>Raises the versions by one, within the caller's transaction. After its commit, call <see cref="IWarehouse.RefreshVersionsAsync"/>.</summary>
    /// <exception cref="WarehouseException">
    /// <see cref="WarehouseFailure.Conflict"/>: another transaction raises one of them at the same time.
    /// </exception>
    public static async ValueTask RaiseAsync(
        IWarehouseConnection connection,
        IEnumerable<RelationName> relations,
        DateTimeOffset changedAt,
        CancellationToken cancellationToken
    )
    {
        foreach (var relation in relations.Distinct())
        {
            IReadOnlyList<SqlParameter> parameters =
            [
                new(relation.Schema.ToLowerInvariant()),
                new(relation.Name.ToLowerInvariant()),
                new(changedAt),
            ];
            var changed = await connection.ExecuteAsync(
                new SqlCommand(
                    $"UPDATE {Table} SET version = version + 1, changed_at = $3 WHERE schema_name = $1 AND relation_name = $2",
                    parameters
                ),
                cancellationToken
            );
            if (changed == 0)
            {
                await connection.ExecuteAsync(
                    new SqlCommand($"INSERT INTO {Table} VALUES ($1, $2, 1, $3)", parameters),
                    cancellationToken
                );
            }
        }
    }

    /// <summary>When each relation last changed; none if the table is not there yet.</summary>
    public static async ValueTask<IReadOnlyDictionary<RelationName, DateTimeOffset>> ReadTimesAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var times = new Dictionary<RelationName, DateTimeOffset>();
        if ((await connection.QueryAsync(Known, cancellationToken)).RowCount == 0)
        {
            return times;
        }

        // Seconds since 1970 are the same in every engine and session.
        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, CAST(extract(epoch FROM changed_at) AS double precision) FROM {Table}",
            cancellationToken
        );
        for (long row = 0; row < table.RowCount; row++)
        {
            times[new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!)] =
                DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round((double)table.Value(row, 2)! * 1000));
        }

        return times;
    }

    /// <summary>All versions; none if the table is not there yet.</summary>
    public static async ValueTask<VersionSnapshot> ReadAllAsync(
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var known = await connection.QueryAsync(Known, cancellationToken);
        if (known.RowCount == 0)
        {
            return VersionSnapshot.Empty;
        }

        var table = await connection.QueryAsync(
            $"SELECT schema_name, relation_name, version FROM {Table}",
            cancellationToken
        );
        var versions = ImmutableDictionary.CreateBuilder<RelationName, long>();
        for (long row = 0; row < table.RowCount; row++)
        {
            versions[new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!)] = (long)
                table.Value(row, 2)!;
        }

        return new VersionSnapshot(versions.ToImmutable());
    }
}
