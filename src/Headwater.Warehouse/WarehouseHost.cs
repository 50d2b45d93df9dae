using Headwater.Warehouse.Port;

namespace Headwater.Warehouse;

/// <summary>
/// An open warehouse, opaque to whoever composes the product: it can be passed to Sources, Modeling and Query, and closed, but not read.
/// </summary>
public sealed class WarehouseHost : IAsyncDisposable
{
    internal WarehouseHost(IWarehouse warehouse) => Warehouse = warehouse;

    internal IWarehouse Warehouse { get; }

    public ValueTask DisposeAsync() => Warehouse.DisposeAsync();
}
