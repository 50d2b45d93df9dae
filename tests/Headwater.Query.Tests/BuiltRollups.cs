using Headwater.Metrics;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Tests;

/// <summary>Makes the tables of a shop's rollups, as a build does.</summary>
internal static class BuiltRollups
{
    public static async Task BuildAsync(this ShopProject shop)
    {
        var dialect = shop.Warehouse.Dialect;
        var compiler = new MetricCompiler(shop.Metrics, dialect);
        await using (var connection = await shop.Warehouse.ConnectAsync(default))
        {
            await PublishedRollups.EnsureAsync(connection, default);
            foreach (var rollup in shop.Metrics.Rollups)
            {
                await MakeAsync(connection, shop, rollup, compiler.CompileRollup(rollup));
            }
        }

        await shop.PublishAsync();
    }

    /// <summary>Lets nobody know of them any more.</summary>
    public static async Task ForgetAsync(this ShopProject shop)
    {
        await using (var connection = await shop.Warehouse.ConnectAsync(default))
        {
            await connection.ExecuteAsync("DELETE FROM _headwater.rollups", default);
        }

        await shop.PublishAsync();
    }

    private static async Task MakeAsync(
        IWarehouseConnection connection,
        ShopProject shop,
        RollupTable rollup,
        string sql
    )
    {
        var dialect = shop.Warehouse.Dialect;
        var name = $"{dialect.Quote(rollup.Relation.Schema)}.{dialect.Quote(rollup.Relation.Name)}";
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {name}", default);
        await connection.ExecuteAsync($"CREATE TABLE {name} AS {sql}", default);
        var columns = await connection.QueryAsync(
            $"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = {dialect.Literal(rollup.Relation.Name)}",
            default
        );
        var types = new Dictionary<string, string>();
        for (var row = 0L; row < columns.RowCount; row++)
        {
            types.Add((string)columns.Value(row, 0)!, (string)columns.Value(row, 1)!);
        }

        var count = await connection.QueryAsync($"SELECT count(*) FROM {name}", default);
        var versions = shop.Warehouse.Versions;
        await PublishedRollups.PutAsync(
            connection,
            dialect,
            new PublishedRollup(
                rollup.Relation,
                RollupDigest.Of(sql),
                (long)count.Value(0, 0)!,
                true,
                types,
                [.. rollup.Reads.Select(read => (read, versions[read]))]
            ),
            default
        );
    }
}
