using Headwater.Warehouse;

namespace Headwater.Compat.Running;

/// <summary>A place to build projects in: empty for each.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>The adapter type.</summary>
    string Name { get; }

    /// <summary>Opens an empty warehouse.</summary>
    /// <param name="database">What the database is to be called.</param>
    /// <param name="home">A folder for what the engine keeps.</param>
    ValueTask<WarehouseHost> OpenAsync(string database, string home, CancellationToken cancellationToken);
}
