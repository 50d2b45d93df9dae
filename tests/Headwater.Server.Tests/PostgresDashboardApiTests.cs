using System.Text.Json;
using Headwater.Kernel.Names;
using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Writers;

namespace Headwater.Server.Tests;

/// <summary>The same dashboards, of the same rows, in PostgreSQL.</summary>
public sealed class PostgresDashboardApiTests(PostgresSalesServer server)
    : DashboardApiTests(server),
        IClassFixture<PostgresSalesServer>
{
    private protected override void CheckSqlTile(JsonElement tile) =>
        Assert.Equal("HW5114", tile.GetProperty("problem").GetProperty("code").GetString());
}

/// <summary>A server whose warehouse is a PostgreSQL database. Its rows are made by the engine beside it.</summary>
public sealed class PostgresSalesServer : SalesServer
{
    private PostgresDatabase _database = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    private protected override async Task<WarehouseHost> OpenAsync(string home)
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        return await _database.OpenAsync(home);
    }

    private protected override async Task MakeTablesAsync(WarehouseHost host, IWarehouseConnection connection)
    {
        await using var files = await host.Warehouse.FileEngine.ConnectAsync(default);
        await files.ExecuteAsync(Data, default);
        await connection.ExecuteAsync("CREATE SCHEMA marts", default);
        foreach (var name in Tables)
        {
            var rows = await files.QueryAsync($"SELECT * FROM marts.{name}", default);
            var columns = rows.Columns.Select(column => $"{column.Name} {host.Warehouse.SqlType(column.Type)}");
            await connection.ExecuteAsync($"CREATE TABLE marts.{name} ({string.Join(", ", columns)})", default);
            await connection.AppendAsync(new RelationName("marts", name), rows.StreamAsync(default), default);
        }
    }
}
