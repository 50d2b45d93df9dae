namespace Headwater.Sources.Tests.Landing;

/// <summary>Files whose columns change over time.</summary>
public class SchemaChangeTests : LandingTests
{
    private const string Append = "files: '*.csv', load: append";

    [Theory]
    [InlineData("1", "2.5", "DOUBLE", "1.0;2.5")]
    [InlineData("2024-01-01", "2024-01-02 10:00:00", "TIMESTAMP", "2024-01-01 00:00:00;2024-01-02 10:00:00")]
    [InlineData("1/31/2024", "2024-02-01", "DATE", "2024-01-31;2024-02-01")]
    [InlineData("2024-01-02 10:00:00", "1/31/2024", "TIMESTAMP", "2024-01-02 10:00:00;2024-01-31 00:00:00")]
    [InlineData("1", "abc", "VARCHAR", "1;abc")]
    [InlineData("2.5", "1", "DOUBLE", "2.5;1.0")]
    [InlineData("abc", "1", "VARCHAR", "abc;1")]
    [InlineData("", "1", "BIGINT", "∅;1")]
    [InlineData("1", "", "BIGINT", "1;∅")]
    [InlineData("true", "maybe", "VARCHAR", "true;maybe")]
    public async Task A_column_widens_as_far_as_it_has_to(string first, string second, string type, string landed)
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", $"key,x\nk,{first}\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write("b.csv", $"key,x\nk,{second}\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal("x " + type, (await folder.ColumnsAsync())[1]);
        Assert.Equal(landed.Split(';'), (await folder.LandedAsync()).Select(row => row[2..]));
    }

    [Fact]
    public async Task A_header_alone_leaves_the_types_open()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,day,x\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write("b.csv", "id,day,x\n1,2024-01-01,2.5\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal(["id BIGINT", "day DATE", "x DOUBLE"], await folder.ColumnsAsync());
    }

    [Fact]
    public async Task New_columns_come_and_missing_ones_stay_empty()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(Append);
        folder.Write("b.csv", "new,ID\n2024-01-01,2\n");
        await folder.LandCleanlyAsync(Append);
        Assert.Equal(["1|a|∅", "2|∅|2024-01-01"], await folder.LandedAsync());
    }

    [Theory]
    [InlineData("id,x,y\n2,b,c\n", "new column 'y'")]
    [InlineData("id,x\n2.5,b\n", "'id' is double")]
    public async Task Freeze_refuses_and_keeps_what_there_was(string text, string because)
    {
        const string freeze = "schema_changes: freeze";
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,x\n1,a\n");
        await folder.LandCleanlyAsync(Append, freeze);
        folder.Write("b.csv", text).Write("c.csv", "id,x\n3,c\n");
        var report = await folder.LandAsync(Append, freeze);
        var problem = Assert.Single(report.Diagnostics);
        Assert.Equal("HW3007", problem.Code);
        Assert.Contains(because, problem.Message, StringComparison.Ordinal);
        Assert.Equal(["1|a", "3|c"], await folder.LandedAsync());
    }
}
