using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Tests.DuckDb;

/// <summary>What SQL can reach from inside a locked instance.</summary>
public sealed class DuckDbLockTests : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private WarehouseHost _host = null!;
    private IWarehouseConnection _connection = null!;

    private string Spool => _host.Warehouse.SpoolFolder;

    public async ValueTask InitializeAsync()
    {
        // A quote in the path must not end the setting that names it.
        var home = Path.Combine(_home.Path, "it's home");
        _host = WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions
            {
                Home = home,
                MemoryLimit = "200MB",
                Threads = 2,
            }
        );
        _connection = await _host.Warehouse.ConnectAsync(CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_home.Path, "secret.csv"), "a\n1\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        _home.Dispose();
    }

    [Theory]
    [InlineData("from read_csv('{home}/secret.csv')")]
    [InlineData("from read_text('{home}/secret.csv')")]
    [InlineData("from read_blob('/etc/hostname')")]
    [InlineData("from glob('{home}/*')")]
    [InlineData("from '{home}/secret.csv'")]
    [InlineData("from read_csv('{spool}/../../../../secret.csv')")]
    [InlineData("from read_csv('https://example.org/x.csv')")]
    [InlineData("copy (select 1) to '{home}/out.csv'")]
    [InlineData("copy (select 1) to '{spool}/../out.csv'")]
    [InlineData("attach '{home}/other.duckdb' as other")]
    [InlineData("export database '{home}/out'")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("set enable_external_access = true")]
    [InlineData("set lock_configuration = false")]
    [InlineData("set TimeZone = 'Europe/Berlin'")]
    [InlineData("reset threads")]
    [InlineData("set allowed_directories = ['/']")]
    public async Task It_does_not_reach_outside(string sql)
    {
        var text = sql.Replace(
                "{home}",
                _home.Path.Replace("'", "''", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
            .Replace("{spool}", Spool.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.ExecuteAsync(text, CancellationToken.None)
        );
        Assert.Equal(["it's home", "secret.csv"], Names(_home.Path));
    }

    [Fact]
    public async Task Links_in_the_spool_that_lead_out_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(Spool, "link.csv"), Path.Combine(_home.Path, "secret.csv"));
        Directory.CreateSymbolicLink(Path.Combine(Spool, "folder"), _home.Path);
        foreach (var name in new[] { "link.csv", "folder/secret.csv" })
        {
            await Assert.ThrowsAsync<WarehouseException>(async () =>
                await _connection.QueryAsync($"from read_csv({InSpool(name)})", CancellationToken.None)
            );
        }
    }

    [Fact]
    public async Task Files_in_the_spool_are_read_and_written()
    {
        await _connection.ExecuteAsync(
            $"copy (select 5 as a) to {InSpool("out.parquet")} (format parquet)",
            CancellationToken.None
        );
        var table = await _connection.QueryAsync($"from {InSpool("out.parquet")}", CancellationToken.None);
        Assert.Equal(5, table.Value(0, 0));
    }

    [Fact]
    public async Task A_database_in_memory_can_be_attached_beside()
    {
        await _connection.ExecuteAsync(
            "attach ':memory:' as scratch; create table scratch.main.t as select 3 as i",
            CancellationToken.None
        );
        Assert.Equal(3, (await _connection.QueryAsync("from scratch.main.t", CancellationToken.None)).Value(0, 0));
    }

    [Fact]
    public async Task Work_beyond_memory_is_spilled_to_disk()
    {
        var table = await _connection.QueryAsync(
            "select count(*) from (select hash(i) as h, repeat('x', 60) as s from range(4000000) t(i) order by h)",
            CancellationToken.None
        );
        Assert.Equal(4_000_000L, table.Value(0, 0));
    }

    [Fact]
    public async Task Work_beyond_disk_fails_for_want_of_resources()
    {
        await using var small = WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions
            {
                Home = _home.Path,
                MemoryLimit = "50MB",
                TempLimit = "1MB",
                Threads = 1,
            }
        );
        await using var connection = await small.Warehouse.ConnectAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await connection.QueryAsync(
                "select count(*) from (select hash(i) as h, repeat('x', 60) as s from range(4000000) t(i) order by h)",
                CancellationToken.None
            )
        );
        Assert.Equal(WarehouseFailure.Resources, error.Failure);
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private string InSpool(string name) => _host.Warehouse.Dialect.Literal(Path.Combine(Spool, name));
}
