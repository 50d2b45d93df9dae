using Headwater.Testing;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Tests.Postgres;

/// <summary>One database for all tests of a class.</summary>
public sealed class PostgresWarehouseFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private WarehouseHost _host = null!;

    internal PostgresDatabase Database { get; private set; } = null!;

    internal IWarehouse Warehouse => _host.Warehouse;

    internal string Home => _home.Path;

    public async ValueTask InitializeAsync()
    {
        Database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        _host = await Database.OpenAsync(_home.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Database.DisposeAsync();
        _home.Dispose();
    }
}
