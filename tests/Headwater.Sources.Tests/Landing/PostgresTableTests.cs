using Headwater.Warehouse.Port;

namespace Headwater.Sources.Tests.Landing;

/// <summary>What is different about raw tables in PostgreSQL.</summary>
public sealed class PostgresTableTests : LandingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private protected override LandingWarehouse NewWarehouse() => new PostgresLandingWarehouse();

    [Fact]
    public async Task Columns_are_found_without_quotes()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "Id,Close Value\n1,a\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: upsert, primary_key: Id");
        folder.Write("b.csv", "ID,close value,Added\n1,b,2\n2,c,3\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: upsert, primary_key: Id");
        Assert.Equal(["id BIGINT", "close value VARCHAR", "added BIGINT"], await folder.ColumnsAsync());
        Assert.Equal(["1|b|2", "2|c|3"], await folder.LandedAsync());
    }

    [Fact]
    public async Task A_text_that_the_server_cannot_keep_sets_its_record_aside()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n2,b\0c\n3,d\n");
        var report = await folder.LandAsync("files: '*.csv'");
        Assert.Empty(report.Diagnostics);
        Assert.Equal((3, 2, 1), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["3|2,bc"], await folder.QuarantineAsync());
    }

    [Fact]
    public async Task Nested_values_stay_JSON_whatever_their_shape()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.ndjson", "{\"id\": 1, \"v\": {\"a\": 1}}\n");
        await folder.LandCleanlyAsync("files: '*.ndjson'");
        folder.Write("b.ndjson", "{\"id\": 2, \"v\": {\"b\": [true]}}\n{\"id\": 3, \"v\": null}\n");
        await folder.LandCleanlyAsync("files: '*.ndjson'");
        Assert.Equal(["id BIGINT", "v JSON"], await folder.ColumnsAsync());
        Assert.Equal(["1|{\"a\": 1}", "2|{\"b\": [true]}", "3|∅"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Readers_of_a_table_that_is_replaced_see_the_old_rows_until_the_commit()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id\n1\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: replace");
        await using var reader = await folder.Host.Warehouse.ConnectAsync(None);
        await reader.ExecuteAsync("create view main_ids as select id from raw_s.t", None);
        await reader.BeginAsync(None);
        Assert.Equal(1L, (await reader.QueryAsync("select id from main_ids", None)).Value(0, 0));
        folder.Write("a.csv", "id\n2\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: replace");
        Assert.Equal(1L, (await reader.QueryAsync("select id from main_ids", None)).Value(0, 0));
        await reader.CommitAsync(None);
        Assert.Equal(2L, (await reader.QueryAsync("select id from main_ids", None)).Value(0, 0));
    }
}
