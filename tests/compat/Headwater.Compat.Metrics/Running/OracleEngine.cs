using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;

namespace Headwater.Compat.Metrics.Running;

/// <summary>An empty warehouse in a folder or database that goes with it.</summary>
internal sealed class OracleEngine : IAsyncDisposable
{
    private readonly string _home;
    private readonly PostgresDatabase? _database;

    private OracleEngine(string home, PostgresDatabase? database, WarehouseHost host)
    {
        _home = home;
        _database = database;
        Host = host;
    }

    public WarehouseHost Host { get; }

    /// <param name="name">duckdb or postgres.</param>
    public static async Task<OracleEngine> OpenAsync(string name)
    {
        var home = Directory.CreateTempSubdirectory("headwater-oracle-").FullName;
        switch (name)
        {
            case "duckdb":
                return new OracleEngine(
                    home,
                    null,
                    WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = home })
                );
            case "postgres":
                var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
                return new OracleEngine(home, database, await database.OpenAsync(home));
            default:
                throw new ArgumentException($"'{name}' is no warehouse; known: duckdb, postgres", nameof(name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }
}
