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

    [Fact]
    public async Task Views_on_a_table_stay_when_a_column_of_it_widens()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,n\n1,1\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: append");
        await using var connection = await folder.Host.Warehouse.ConnectAsync(None);
        await connection.ExecuteAsync(
            """
            create schema marts; create view marts.direct as select id, n from raw_s.t;
            create view marts."Of Views" with (security_barrier) as select n as "N" from marts.direct where id > 0;
            grant select on marts.direct to public; comment on view marts.direct is 'it''s direct'; comment on column marts."Of Views"."N" is 'n'
            """,
            None
        );
        folder.Write("b.csv", "id,n\n2,1.5\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: append");
        Assert.Equal(["id BIGINT", "n DOUBLE"], await folder.ColumnsAsync());
        var table = await connection.QueryAsync(
            """
            select sum("N"), has_table_privilege('public', 'marts.direct', 'select'), obj_description('marts.direct'::regclass),
                col_description('marts."Of Views"'::regclass, 1), (select reloptions from pg_class where oid = 'marts."Of Views"'::regclass)
            from marts."Of Views"
            """,
            None
        );
        Assert.Equal(
            [2.5, true, "it's direct", "n", new object?[] { "security_barrier=true" }],
            Enumerable.Range(0, 5).Select(column => table.Value(0, column))
        );
    }

    [Fact]
    public async Task A_view_that_does_not_fit_a_wider_column_is_named_and_nothing_changes()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,n\n1,1\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: append");
        await using var connection = await folder.Host.Warehouse.ConnectAsync(None);
        await connection.ExecuteAsync("create view doubled as select 2 * n as n from raw_s.t", None);
        folder.Write("b.csv", "id,n\n2,many\n");
        var problem = Assert.Single((await folder.LandAsync("files: '*.csv', load: append")).Diagnostics);
        Assert.Equal("HW3020", problem.Code);
        Assert.Contains("public.doubled", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["id BIGINT", "n BIGINT"], await folder.ColumnsAsync());
        Assert.Equal(2L, (await connection.QueryAsync("select n from doubled", None)).Value(0, 0));
    }
}
