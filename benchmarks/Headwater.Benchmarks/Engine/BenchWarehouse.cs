using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Benchmarks.Engine;

/// <summary>A warehouse in a file of a temporary folder, removed after use.</summary>
internal sealed class BenchWarehouse : IAsyncDisposable
{
    private readonly BenchFolder _folder = new();
    private readonly WarehouseHost _host;

    public BenchWarehouse() =>
        _host = WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions { Home = _folder.Path, Path = Path.Combine(_folder.Path, "bench.duckdb") }
        );

    public WarehouseHost Host => _host;

    public IWarehouse Warehouse => _host.Warehouse;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
