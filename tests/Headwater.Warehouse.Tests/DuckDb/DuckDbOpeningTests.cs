using Headwater.Kernel.Diagnostics;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Tests.DuckDb;

public sealed class DuckDbOpeningTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task An_open_warehouse_answers()
    {
        await using var host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path });
        await using var connection = await host.Warehouse.ConnectAsync(CancellationToken.None);
        var table = await connection.QueryAsync("select 42 as answer", CancellationToken.None);
        Assert.Equal("answer", table.Columns[0].Name);
        Assert.Equal(42, table.Value(0, 0));
    }

    [Fact]
    public void Every_bad_setting_is_named_with_what_is_accepted()
    {
        var options = new DuckDbWarehouseOptions
        {
            Home = _home.Path,
            MemoryLimit = "lots",
            Threads = 0,
            TempLimit = "-1GB",
        };
        var error = Assert.Throws<DiagnosticException>(() => WarehouseHost.OpenDuckDb(options));
        Assert.Equal(
            ["memory_limit", "temp_limit", "threads"],
            error.Diagnostics.Select(diagnostic => diagnostic.Message.Split('\'')[1]).Order(StringComparer.Ordinal)
        );
        Assert.All(error.Diagnostics, diagnostic => Assert.Equal("HW6001", diagnostic.Code));
        Assert.All(
            error.Diagnostics,
            diagnostic => Assert.StartsWith("accepted: ", diagnostic.Hint, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_warehouse_that_is_open_already_is_a_diagnostic()
    {
        var options = new DuckDbWarehouseOptions { Home = _home.Path, Path = Path.Combine(_home.Path, "w.duckdb") };
        await using var host = WarehouseHost.OpenDuckDb(options);
        var error = Assert.Throws<DiagnosticException>(() => WarehouseHost.OpenDuckDb(options));
        Assert.Equal("HW6003", error.Diagnostic.Code);
    }

    [Fact]
    public void A_file_that_is_no_database_is_a_diagnostic()
    {
        var path = Path.Combine(_home.Path, "w.duckdb");
        File.WriteAllText(path, new string('x', 20_000));
        var error = Assert.Throws<DiagnosticException>(() =>
            WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path, Path = path })
        );
        Assert.Equal("HW6004", error.Diagnostic.Code);
    }

    [Fact]
    public void A_home_that_cannot_be_made_is_a_diagnostic()
    {
        var file = Path.Combine(_home.Path, "file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<DiagnosticException>(() =>
            WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = Path.Combine(file, "home") })
        );
        Assert.Equal("HW6004", error.Diagnostic.Code);
    }

    [Fact]
    public async Task Data_outlives_the_process_that_wrote_it()
    {
        var options = new DuckDbWarehouseOptions
        {
            Home = _home.Path,
            Path = Path.Combine(_home.Path, "new", "w.duckdb"),
        };
        await using (var host = WarehouseHost.OpenDuckDb(options))
        await using (var connection = await host.Warehouse.ConnectAsync(CancellationToken.None))
        {
            await connection.ExecuteAsync("create table t as select 7 as i", CancellationToken.None);
        }

        await using var reopened = WarehouseHost.OpenDuckDb(options);
        await using var reader = await reopened.Warehouse.ConnectAsync(CancellationToken.None);
        Assert.Equal(7, (await reader.QueryAsync("select i from t", CancellationToken.None)).Value(0, 0));
    }

    [Fact]
    public async Task Closing_removes_the_spool_and_leaves_those_of_others()
    {
        var options = new DuckDbWarehouseOptions { Home = _home.Path };
        await using var staying = WarehouseHost.OpenDuckDb(options);
        string spool;
        await using (var closing = WarehouseHost.OpenDuckDb(options))
        {
            spool = closing.Warehouse.SpoolFolder;
            Assert.True(Directory.Exists(spool));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(spool)));
        Assert.True(Directory.Exists(staying.Warehouse.SpoolFolder));
    }

    [Fact]
    public async Task Folders_that_a_crash_left_behind_go_at_the_next_start()
    {
        var engine = Path.Combine(_home.Path, "engine");
        var stale = Path.Combine(engine, "0123");
        Directory.CreateDirectory(Path.Combine(stale, "spool"));
        await File.WriteAllTextAsync(Path.Combine(stale, "spool", "rows.csv"), "1", CancellationToken.None);
        await File.WriteAllTextAsync(stale + ".lock", "", CancellationToken.None);
        await using var host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path });
        Assert.False(Directory.Exists(stale));
        Assert.False(File.Exists(stale + ".lock"));
    }
}
