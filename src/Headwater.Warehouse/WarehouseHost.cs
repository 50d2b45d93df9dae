using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres;

namespace Headwater.Warehouse;

/// <summary>
/// An open warehouse, opaque to whoever composes the product: it can be passed to Sources, Modeling and Query, and closed, but not read.
/// </summary>
public sealed class WarehouseHost : IAsyncDisposable
{
    internal WarehouseHost(IWarehouse warehouse) => Warehouse = warehouse;

    internal IWarehouse Warehouse { get; }

    /// <summary>Opens a warehouse in a DuckDB file or in memory.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6001 a setting is not accepted; HW6002 to HW6004 and HW6009 the file cannot be opened.</exception>
    public static WarehouseHost OpenDuckDb(DuckDbWarehouseOptions options) => new(DuckDbWarehouse.Open(options));

    /// <summary>Opens a warehouse in a database of a PostgreSQL server, and signs in once.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6001 a setting is not accepted; HW6005 to HW6008 the server does not let us in.</exception>
    public static async ValueTask<WarehouseHost> OpenPostgresAsync(
        PostgresWarehouseOptions options,
        CancellationToken cancellationToken
    ) => new(await PostgresWarehouse.OpenAsync(options, cancellationToken));

    public ValueTask DisposeAsync() => Warehouse.DisposeAsync();
}
