using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;

namespace Headwater.Compat.Running;

/// <summary>DuckDB in a file of its own for each project.</summary>
internal sealed class DuckDbEngine : IEngine
{
    public string Name => "duckdb";

    public ValueTask<WarehouseHost> OpenAsync(string database, string home, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions { Home = home, Path = Path.Combine(home, database + ".duckdb") }
            )
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
