using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Tests.Conformance;

namespace Headwater.Warehouse.Tests.Writers;

public sealed class ParquetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private WarehouseHost _host = null!;
    private IWarehouseConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path });
        _connection = await _host.Warehouse.ConnectAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task A_result_goes_to_Parquet_and_back()
    {
        await _connection.ExecuteAsync(
            """
            create table source as select i::int as i, i::hugeint as h, (i / 7.0)::decimal(9, 3) as d, 'text ' || i as t,
                date '2020-01-01' + i::int as day, to_timestamp(i) as z, [i, null] as l, {'x': i, 'it''s': 'y'} as s,
                case when i % 3 = 0 then null else i::double end as n
            from range(5000) t(i)
            """,
            CancellationToken.None
        );
        await ExportAsync("select *, i as I from source");
        var table = await _connection.QueryAsync(
            $"select count(*) from ((select * exclude (I_1) from {Back}) except all (select * replace (h::decimal(38, 0) as h) from source))",
            CancellationToken.None
        );
        Assert.Equal(0L, table.Value(0, 0));
        Assert.Equal(
            5000L,
            (await _connection.QueryAsync($"select count(*) from {Back}", CancellationToken.None)).Value(0, 0)
        );
    }

    [Fact]
    public async Task An_empty_result_keeps_its_columns()
    {
        await ExportAsync("select 1 as a, 'x' as b where false");
        var table = await _connection.QueryAsync($"from {Back}", CancellationToken.None);
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal(0, table.RowCount);
    }

    [Fact]
    public async Task Nothing_stays_in_the_spool()
    {
        await ExportAsync("select 1 as a");
        Assert.Equal(["back.parquet"], Directory.EnumerateFiles(_host.Warehouse.SpoolFolder).Select(Path.GetFileName));
    }

    private string BackPath => Path.Combine(_host.Warehouse.SpoolFolder, "back.parquet");

    private string Back => _host.Warehouse.Dialect.Literal(BackPath);

    private async Task ExportAsync(string sql)
    {
        var table = await _connection.QueryAsync(sql, CancellationToken.None);
        await using var file = File.Create(BackPath);
        await _host.Warehouse.ExportParquetAsync(table.Columns, table.StreamAsync(), file, CancellationToken.None);
    }
}
