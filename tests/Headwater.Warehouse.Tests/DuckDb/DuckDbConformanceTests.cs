using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Tests.Conformance;

namespace Headwater.Warehouse.Tests.DuckDb;

public sealed class DuckDbConformanceTests : WarehouseConformance
{
    private readonly TemporaryFolder _home = new();

    protected override string EndlessSql => "select count(*) from range(1000000000000) t(i) where hash(i) % 7 = 1";

    protected override ValueTask<WarehouseHost> OpenAsync() =>
        ValueTask.FromResult(
            WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions { Home = _home.Path, Path = Path.Combine(_home.Path, "warehouse.duckdb") }
            )
        );

    protected override ValueTask CloseAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }
}
