using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Tests;

/// <summary>The warehouse of one landing folder.</summary>
internal abstract class LandingWarehouse : IAsyncDisposable
{
    /// <summary>Arguments with which another process of this program finds the same warehouse.</summary>
    public virtual IReadOnlyList<string> Arguments => [];

    public abstract Task<WarehouseHost> OpenAsync(string root);

    /// <summary>A connection that answers questions in DuckDB's SQL about what was landed.</summary>
    public abstract ValueTask<IWarehouseConnection> ConnectAsync(
        WarehouseHost host,
        CancellationToken cancellationToken
    );

    public abstract ValueTask DisposeAsync();
}

/// <summary>A file of the folder.</summary>
internal sealed class DuckDbLandingWarehouse : LandingWarehouse
{
    public override Task<WarehouseHost> OpenAsync(string root) =>
        Task.FromResult(
            WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions
                {
                    Home = Path.Combine(root, "home"),
                    Path = Path.Combine(root, "landed.duckdb"),
                    Threads = 2,
                    MemoryLimit = "2GB",
                }
            )
        );

    public override ValueTask<IWarehouseConnection> ConnectAsync(
        WarehouseHost host,
        CancellationToken cancellationToken
    ) => host.Warehouse.ConnectAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
