using Headwater.Testing;
using Headwater.Warehouse.Tests.Conformance;

namespace Headwater.Warehouse.Tests.Postgres;

public sealed class PostgresConformanceTests : WarehouseConformance
{
    private readonly TemporaryFolder _home = new();
    private PostgresDatabase _database = null!;

    protected override string EndlessSql =>
        "select count(*) from generate_series(1, 100000) a(i), generate_series(1, 100000) b(i), generate_series(1, 1000) c(i)";

    protected override async ValueTask<WarehouseHost> OpenAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        return await _database.OpenAsync(_home.Path);
    }

    protected override async ValueTask CloseAsync()
    {
        await _database.DisposeAsync();
        _home.Dispose();
    }
}
