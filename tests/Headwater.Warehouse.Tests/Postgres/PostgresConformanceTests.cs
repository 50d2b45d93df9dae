using Headwater.Testing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Tests.Conformance;

namespace Headwater.Warehouse.Tests.Postgres;

public sealed class PostgresConformanceTests : WarehouseConformance
{
    private readonly TemporaryFolder _home = new();
    private PostgresDatabase _database = null!;

    protected override string EndlessSql =>
        "select count(*) from generate_series(1, 100000) a(i), generate_series(1, 100000) b(i), generate_series(1, 1000) c(i)";

    // The server does not notice a cancellation that comes before its statement.
    protected override async Task UntilRunningAsync()
    {
        await using var observer = await Warehouse.ConnectAsync(TestContext.Current.CancellationToken);
        while (
            (
                await observer.QueryAsync(
                    "select 1 from pg_stat_activity where state = 'active' and datname = current_database() and pid <> pg_backend_pid() and query like '%generate_series%'",
                    TestContext.Current.CancellationToken
                )
            ).RowCount == 0
        )
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

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
