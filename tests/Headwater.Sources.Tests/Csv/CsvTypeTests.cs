namespace Headwater.Sources.Tests.Csv;

/// <summary>Types are the narrowest that lose nothing.</summary>
public class CsvTypeTests : LandingTests
{
    [Theory]
    [InlineData("1;-2;0", "BIGINT", "1;-2;0")]
    [InlineData("1.5;2;-.5", "DOUBLE", "1.5;2.0;-0.5")]
    [InlineData("1e3;2", "DOUBLE", "1000.0;2.0")]
    [InlineData("007;12", "VARCHAR", "007;12")]
    [InlineData("+4915112345;+4930", "VARCHAR", "+4915112345;+4930")]
    [InlineData("12345678901234567890;1", "VARCHAR", "12345678901234567890;1")]
    [InlineData("123456789012345678;1", "BIGINT", "123456789012345678;1")]
    [InlineData("true;FALSE", "BOOLEAN", "true;false")]
    [InlineData("yes;no", "VARCHAR", "yes;no")]
    [InlineData("2024-01-31;2024-2-1", "DATE", "2024-01-31;2024-02-01")]
    [InlineData("24-01-31;24-02-01", "VARCHAR", "24-01-31;24-02-01")]
    [InlineData("1/31/2024;2/1/2024", "DATE", "2024-01-31;2024-02-01")]
    [InlineData("31/1/2024;1/2/2024", "DATE", "2024-01-31;2024-02-01")]
    [InlineData("31.1.2024;1.2.2024", "DATE", "2024-01-31;2024-02-01")]
    [InlineData("1.2.2024;3.4.2024", "DATE", "2024-02-01;2024-04-03")]
    [InlineData("1/31/24;2/1/24", "VARCHAR", "1/31/24;2/1/24")]
    [InlineData("1/13/2014;01-02-2014", "DATE", "2014-01-13;2014-01-02")]
    [InlineData("2024-01-01 10:00:00;2024-01-02", "VARCHAR", "2024-01-01 10:00:00;2024-01-02")]
    [InlineData(
        "2024-01-01 10:00:00;2024-01-02T11:30:05.25",
        "TIMESTAMP",
        "2024-01-01 10:00:00;2024-01-02 11:30:05.25"
    )]
    [InlineData(
        "2024-01-01T10:00:00Z;2024-01-02 11:30:05+02:00",
        "TIMESTAMP WITH TIME ZONE",
        "2024-01-01 10:00:00+00;2024-01-02 09:30:05+00"
    )]
    [InlineData("10:30;23:59:59", "TIME", "10:30:00;23:59:59")]
    [InlineData("2024-02-30;2024-01-01", "VARCHAR", "2024-02-30;2024-01-01")]
    [InlineData("n/a;1", "VARCHAR", "n/a;1")]
    public async Task The_values_tell_the_type(string values, string type, string landed)
    {
        await using var folder = await NewFolderAsync();
        var rows = values.Split(';').Select((value, index) => $"r{index},{value}");
        folder.Write("a.csv", $"key,x\n{string.Join('\n', rows)}\n");
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal("x " + type, (await folder.ColumnsAsync())[1]);
        Assert.Equal(landed.Split(';'), (await folder.LandedAsync()).Select(row => row[3..]));
    }

    [Fact]
    public async Task Dates_that_could_be_two_are_text_and_it_is_said()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "key,day\na,1/2/2024\nb,3/4/2024\n");
        var report = await folder.LandAsync("files: '*.csv'");
        Assert.Equal("HW3017", Assert.Single(report.Diagnostics).Code);
        Assert.False(report.Failed);
        Assert.Equal(["a|1/2/2024", "b|3/4/2024"], await folder.LandedAsync());
    }

    [Fact]
    public async Task A_stated_date_format_settles_them()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "key,day\na,1/2/2024\nb,3/4/2024\n");
        await folder.LandCleanlyAsync("files: '*.csv', date_format: ['%d/%m/%Y']");
        Assert.Equal(["a|2024-02-01", "b|2024-04-03"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Ambiguous_dates_do_not_turn_a_column_of_dates_into_text()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "key,day\na,1/31/2024\n");
        await folder.LandCleanlyAsync("files: '*.csv', load: append");
        folder.Write("b.csv", "key,day\nb,1/2/2024\n");
        var report = await folder.LandAsync("files: '*.csv', load: append");
        Assert.Equal("HW3018", Assert.Single(report.Diagnostics).Code);
        Assert.Equal(["a|2024-01-31"], await folder.LandedAsync());
    }

    [Fact]
    public async Task A_stated_type_holds_and_what_does_not_fit_is_set_aside()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "code,amount,n\n007,1.50,1\n008,abc,2\n009,2.25,2.5\n010,,x\n");
        var report = await folder.LandAsync("files: '*.csv', columns: {code: text, amount: 'decimal(10,2)', n: int}");
        Assert.Empty(report.Diagnostics);
        Assert.Equal(["code VARCHAR", "amount DECIMAL(10,2)", "n INTEGER"], await folder.ColumnsAsync());
        Assert.Equal(["007|1.50|1"], await folder.LandedAsync());
        Assert.Equal(
            ["3|amount|not a decimal(10,2)|008,abc,2", "4|n|not a integer|009,2.25,2.5", "5|n|not a integer|010,,x"],
            await folder.QuarantineAsync("line, column_name, reason, original")
        );
    }

    [Fact]
    public async Task A_type_that_is_none_is_named()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id\n1\n");
        Assert.Equal(
            "HW3009",
            Assert.Single((await folder.LandAsync("files: '*.csv', columns: {id: strng}")).Diagnostics).Code
        );
    }

    // The sample that types are told from is shorter than this.
    [Fact]
    public async Task A_late_fraction_widens_the_column_and_is_not_rounded()
    {
        await using var folder = await NewFolderAsync();
        var rows = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number},{number}\n"));
        folder.Write("a.csv", $"id,x\n{rows}60000,12.5\n");
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal(["id BIGINT", "x DOUBLE"], await folder.ColumnsAsync());
        Assert.Equal("12.5", await folder.ValueAsync("SELECT x FROM raw_s.t WHERE id = 60000"));
    }

    [Fact]
    public async Task A_late_word_among_numbers_is_set_aside()
    {
        await using var folder = await NewFolderAsync();
        var rows = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number},{number}\n"));
        folder.Write("a.csv", $"id,x\n{rows}60000,\"some, \"\"word\"\"\"\n60001,7\n");
        var report = await folder.LandAsync("files: '*.csv'");
        Assert.Equal((60_001, 1), (report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(["60002|60000,\"some, \"\"word\"\"\""], await folder.QuarantineAsync());
        Assert.Equal("60001", await folder.ValueAsync("SELECT max(_hw_row) FROM raw_s.t"));
    }

    [Fact]
    public async Task A_late_time_of_day_is_not_dropped()
    {
        await using var folder = await NewFolderAsync();
        var rows = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number},2024-01-01\n"));
        folder.Write("a.csv", $"id,day\n{rows}60000,2024-01-02 10:30:00\n");
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal("2024-01-02 10:30:00", await folder.ValueAsync("SELECT max(day) FROM raw_s.t"));
    }
}
