using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Tests;

public sealed class OpeningTests
{
    [Fact]
    public async Task An_open_warehouse_answers()
    {
        using var home = new TemporaryFolder();
        await using var host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = home.Path });
        await using var connection = await host.Warehouse.ConnectAsync(CancellationToken.None);
        var table = await connection.QueryAsync("select 42 as answer", CancellationToken.None);
        Assert.Equal("answer", table.Columns[0].Name);
        Assert.Equal(42, table.Value(0, 0));
    }
}
