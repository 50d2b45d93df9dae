namespace Headwater.Sources.Tests.Landing;

/// <summary>append, upsert and replace, once and again.</summary>
public class LoadModeTests : LandingTests
{
    private const string Append = "files: '**/*.csv', load: append";
    private const string Upsert = "files: '*.csv', load: upsert, primary_key: id";
    private const string Replace = "files: '*.csv', load: replace";

    [Theory]
    [InlineData(Append)]
    [InlineData(Upsert)]
    [InlineData(Replace)]
    public async Task Landing_twice_changes_nothing(string stream)
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n2,b\n").Write("b.csv", "id,x\n3,c\n");
        Assert.Equal(2, (await folder.LandCleanlyAsync(stream)).Files);
        var before = await folder.RowsAsync("FROM raw_s.t ORDER BY ALL");
        var again = await folder.LandCleanlyAsync(stream);
        Assert.Equal((0, 0, false), (again.Files, again.RowsRead, again.Changed));

        // The same bytes under a newer time, and under another name.
        File.SetLastWriteTimeUtc(folder.PathOf("a.csv"), new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Copy(folder.PathOf("a.csv"), folder.PathOf("c.csv"));
        Assert.False((await folder.LandCleanlyAsync(stream)).Changed);
        Assert.Equal(before, await folder.RowsAsync("FROM raw_s.t ORDER BY ALL"));
    }

    [Theory]
    [InlineData(Append)]
    [InlineData(Replace)]
    public async Task Two_files_of_the_same_bytes_are_one(string stream)
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n").Write("copy.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(stream);
        await folder.LandCleanlyAsync(stream);
        Assert.Equal(["1|a"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Append_adds_new_files_and_takes_a_changed_one_anew()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n2,b\n").Write("deep/er/b.csv", "id,x\n3,c\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write("a.csv", "id,x\n1,a2\n").Write("c.csv", "id,x\n4,d\n").Delete("deep/er/b.csv");
        Assert.Equal(2, (await folder.LandCleanlyAsync(Append)).Files);
        Assert.Equal(
            ["a.csv|1|a2", "c.csv|4|d", "deep/er/b.csv|3|c"],
            await folder.RowsAsync("SELECT _hw_file, id, x FROM raw_s.t ORDER BY ALL")
        );
    }

    [Fact]
    public async Task A_changed_file_may_bring_wider_types()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,1\n2,2\n").Write("b.csv", "id,x\n3,3\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write("a.csv", "id,x,y\n1,1.5,new\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal(["1|1.5|new", "3|3.0|∅"], await folder.LandedAsync());
    }

    [Fact]
    public async Task A_rotated_file_loses_nothing()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("log.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(Append);
        File.Move(folder.PathOf("log.csv"), folder.PathOf("log.1.csv"));
        folder.Write("log.csv", "id,x\n2,b\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal(
            ["log.1.csv|1", "log.csv|2"],
            await folder.RowsAsync("SELECT _hw_file, id FROM raw_s.t ORDER BY ALL")
        );
        Assert.False((await folder.LandCleanlyAsync(Append)).Changed);
    }

    [Fact]
    public async Task Upsert_takes_the_last_of_each_key_and_counts_all()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n2,b\n1,c\n,d\n");
        var report = await folder.LandAsync(Upsert);
        Assert.Equal((4, 3, 1), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["2|b|2", "1|c|3"], await folder.RowsAsync("SELECT id, x, _hw_row FROM raw_s.t ORDER BY _hw_row"));
        Assert.Equal(["5|the primary key is empty|,d"], await folder.QuarantineAsync("line, reason, original"));

        folder.Write("b.csv", "id,x\n2,z\n3,y\n");
        await folder.LandCleanlyAsync(Upsert);
        Assert.Equal(["1|c", "2|z", "3|y"], await folder.RowsAsync("SELECT id, x FROM raw_s.t ORDER BY id"));
    }

    [Fact]
    public async Task Upsert_by_two_columns()
    {
        const string stream = "files: '*.csv', primary_key: [a, B]";
        await using var folder = await NewFolderAsync();
        folder.Write("1.csv", "a,b,x\n1,1,p\n1,2,q\n");
        await folder.LandCleanlyAsync(stream);
        folder.Write("2.csv", "a,b,x\n1,2,r\n2,1,s\n");
        await folder.LandCleanlyAsync(stream);
        Assert.Equal(["1|1|p", "1|2|r", "2|1|s"], await folder.RowsAsync("SELECT a, b, x FROM raw_s.t ORDER BY ALL"));
    }

    [Fact]
    public async Task A_key_column_that_is_not_there_is_named_with_the_nearest()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "order_id,x\n1,a\n");
        var problem = Assert.Single((await folder.LandAsync("files: '*.csv', primary_key: ordr_id")).Diagnostics);
        Assert.Equal("HW3008", problem.Code);
        Assert.Contains("order_id", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replace_holds_exactly_the_files_there_are()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n").Write("b.csv", "id,x\n2,b\nbad\n");
        Assert.Equal(1, (await folder.LandAsync(Replace)).RowsQuarantined);
        folder.Delete("b.csv").Write("c.csv", "id,x,y\n3.5,c,d\n");
        await folder.LandCleanlyAsync(Replace);
        Assert.Equal(["1.0|a|∅", "3.5|c|d"], await folder.LandedAsync());
        Assert.Empty(await folder.QuarantineAsync());
        folder.Delete("c.csv");
        await folder.LandCleanlyAsync(Replace);
        Assert.Equal(["1.0|a|∅"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Replace_with_one_unreadable_file_changes_nothing()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n").Write("b.csv", "id,x\n2,b\n");
        await folder.LandCleanlyAsync(Replace);
        folder.Write("a.csv", "id,x\n7,z\n").Write("b.csv", "");
        Assert.Equal("HW3004", Assert.Single((await folder.LandAsync(Replace)).Diagnostics).Code);
        Assert.Equal(["1|a", "2|b"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Row_numbers_follow_the_file()
    {
        await using var folder = await NewFolderAsync();
        var rows = string.Concat(Enumerable.Range(1, 300_000).Select(number => $"{number},text {number}\n"));
        folder.Write("a.csv", "id,x\n" + rows);
        await folder.LandCleanlyAsync(Append);
        Assert.Equal(
            "300000|300000|1|0",
            await folder.ValueAsync(
                "SELECT count(*), max(_hw_row), min(_hw_row), count(*) FILTER (WHERE id <> _hw_row) FROM raw_s.t"
            )
        );
    }

    [Fact]
    public async Task Without_row_numbers_there_are_none()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync("files: '*.csv', row_numbers: false");
        Assert.Equal("∅|a.csv", await folder.ValueAsync("SELECT _hw_row, _hw_file FROM raw_s.t"));
    }

    [Fact]
    public async Task Rows_are_numbered_in_the_order_of_each_file_however_many_threads_read_it()
    {
        await using var folder = await NewFolderAsync();
        foreach (var name in (string[])["a.csv", "b.csv"])
        {
            folder.Write(name, "id,x\n" + string.Concat(Enumerable.Range(1, 400_000).Select(i => $"{i},{name} {i}\n")));
        }

        await folder.LandCleanlyAsync("files: '*.csv', load: replace");
        Assert.Equal("800000", await folder.ValueAsync("SELECT count(*) FROM raw_s.t WHERE _hw_row = id"));
    }
}
