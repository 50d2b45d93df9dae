namespace Headwater.Sources.Tests.Robustness;

/// <summary>What cannot be read is kept aside with the reason, and never stops the rest.</summary>
public class QuarantineTests : LandingTests
{
    public static TheoryData<string, string, string, string> Dirt =>
        new()
        {
            { "too few", "id,x\n1,a\n2\n3,c\n", "1|a;3|c", "3|2" },
            { "too many", "id,x\n1,a\n2,b,c\n3,c\n", "1|a;3|c", "3|2,b,c" },
            { "junk after quotes", "id,x\n1,\"a\" b\n3,c\n", "3|c", "2|1,\"a\" b" },
            { "a line end in quotes before", "id,x\n1,\"a\nb\"\n2\n", "1|a\nb", "3|2" },
            { "quotes that never end", "id,x\n1,a\n2,\"b\n3,c\n", "1|a", "3|2,\"b\n3,c\n" },
            { "cut off half-way", "id,x,y\n1,a,p\n2,b", "1|a|p", "3|2,b" },
            { "blank lines before", "id,x\n\n\n1,a\n2\n", "1|a", "5|2" },
        };

    [Theory]
    [MemberData(nameof(Dirt))]
    public async Task Keeps_line_and_text(string what, string text, string landed, string quarantined)
    {
        Assert.NotEmpty(what);
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", text);
        var report = await folder.LandAsync("files: '*.csv', header: true");
        Assert.Empty(report.Diagnostics);
        Assert.Equal(landed.Split(';'), await folder.LandedAsync());
        Assert.Equal(quarantined, Assert.Single(await folder.QuarantineAsync()));
        Assert.Equal(
            "a.csv|t",
            await folder.ValueAsync("SELECT _hw_file, stream FROM raw_s._quarantine WHERE reason <> ''")
        );
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_one_record()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", [.. "id,x\n1,a\n2,"u8, 0xE9, .. "t"u8, 0xE9, .. "\n3,c\n"u8]);
        var report = await folder.LandAsync("files: '*.csv', encoding: utf-8");
        Assert.Equal((3, 2, 1), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
    }

    [Fact]
    public async Task Line_numbers_hold_when_both_ways_of_setting_aside_meet()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,n\n1,1\n2\n3,x\n4,4,4\n5\n6,y\n7,7\n");
        var report = await folder.LandAsync("files: '*.csv', columns: {n: bigint}");
        Assert.Equal((7, 2, 5), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["3|2", "4|3,x", "5|4,4,4", "6|5", "7|6,y"], await folder.QuarantineAsync());
        Assert.Equal(["1|1|1", "7|7|2"], await folder.RowsAsync("SELECT id, n, _hw_row FROM raw_s.t ORDER BY id"));
    }

    [Fact]
    public async Task A_file_that_is_mended_leaves_the_quarantine()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n2\n");
        await folder.LandAsync("files: '*.csv', load: append");
        folder.Write("a.csv", "id,x\n1,a\n2,b\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: append");
        Assert.Empty(await folder.QuarantineAsync());
        Assert.Equal(["1|a", "2|b"], await folder.LandedAsync());
    }
}
