using System.Text;

namespace Headwater.Sources.Tests.Csv;

/// <summary>CSV as the world writes it.</summary>
public class CsvDialectTests : LandingTests
{
    static CsvDialectTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string, string> Files =>
        new()
        {
            { "comma", "id,name\n1,a\n2,b\n", "1|a;2|b" },
            { "semicolon", "id;name\n1;a,b\n2;c\n", "1|a,b;2|c" },
            { "tab", "id\tname\n1\ta\n2\tb\n", "1|a;2|b" },
            { "pipe", "id|name\n1|a\n2|b\n", "1|a;2|b" },
            { "quotes", "id,name\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n", "1|a,b;2|say \"hi\"" },
            { "a line end in quotes", "id,name\n1,\"a\nb\"\n2,c\n", "1|a\nb;2|c" },
            { "a quote inside a field", "id,name\n1,5\" pipe\n2,6\" x \"t\n3,b\n", "1|5\" pipe;2|6\" x \"t;3|b" },
            { "carriage returns and line feeds", "id,name\r\n1,a\r\n2,b\r\n", "1|a;2|b" },
            { "carriage returns alone", "id,name\r1,a\r2,b\r", "1|a;2|b" },
            { "mixed line ends", "id,name\n1,a\r\n2,b\n3,\"c\r\nd\"\r\n", "1|a;2|b;3|c\r\nd" },
            { "no line end at the end", "id,name\n1,a\n2,b", "1|a;2|b" },
            { "blank lines", "id,name\n\n1,a\n\n\n2,b\n\n", "1|a;2|b" },
            { "no header", "1,a\n2,b\n", "1|a;2|b" },
            { "one column", "id\n1\n2\n", "1;2" },
            { "one column with a blank line", "id\n1\n\n2\n", "1;∅;2" },
            { "header in quotes", "\"id\",\"na,me\"\n1,a\n", "1|a" },
            { "empty fields", "id,name,x\n1,,\n2,\"\",y\n", "1|∅|∅;2|∅|y" },
            { "unicode", "id,name\n1,Zoë 🎉\n2,日本\n", "1|Zoë 🎉;2|日本" },
            { "spaces", "id,name\n1, a \n2,b\n", "1| a ;2|b" },
            { "trailing delimiter", "id,name,\n1,a,\n2,b,\n", "1|a|∅;2|b|∅" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Is_read_as_it_is_written(string what, string text, string expected)
    {
        Assert.NotEmpty(what);
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", text);
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal(expected.Split(';'), await folder.LandedAsync());
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("windows-1252", false)]
    public async Task The_encoding_is_found(string encoding, bool withMark)
    {
        var code = Encoding.GetEncoding(encoding);
        byte[] bytes =
        [
            .. withMark ? code.GetPreamble() : [],
            .. code.GetBytes("id,naïve\n1,Zoë\n2,\"çà\nlà\"\n3,plain text\n"),
        ];
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", bytes);
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal(["1|Zoë", "2|çà\nlà", "3|plain text"], await folder.LandedAsync());
        Assert.Equal(["id BIGINT", "naïve VARCHAR"], await folder.ColumnsAsync());
    }

    [Fact]
    public async Task An_encoding_that_is_stated_holds()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", Encoding.GetEncoding("iso-8859-15").GetBytes("id,price\n1,5 €\n"));
        await folder.LandCleanlyAsync("files: '*.csv', encoding: iso-8859-15");
        Assert.Equal(["1|5 €"], await folder.LandedAsync());
    }

    [Fact]
    public async Task An_unknown_encoding_is_named()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id\n1\n");
        var report = await folder.LandAsync("files: '*.csv', encoding: klingon");
        Assert.Equal("HW3006", Assert.Single(report.Diagnostics).Code);
    }

    [Fact]
    public async Task A_compressed_file_is_read_as_what_is_in_it()
    {
        await using var folder = await NewFolderAsync();
        folder.WriteGzip("a.csv.gz", "id,name\n1,a\n2,\"b\nc\"\n");
        await folder.LandCleanlyAsync("files: '*.csv.gz'");
        Assert.Equal(["1|a", "2|b\nc"], await folder.LandedAsync());
    }

    [Theory]
    [InlineData("id,name,name,NAME\n1,a,b,c\n", "id BIGINT;name VARCHAR;name_2 VARCHAR;NAME_3 VARCHAR")]
    [InlineData(",name,\n1,a,x\n2,b,y\n", "column_1 BIGINT;name VARCHAR;column_3 VARCHAR", "skip")]
    [InlineData(",name,age\n1,a,3\n2,b,4\n", "column_1 BIGINT;name VARCHAR;age BIGINT")]
    [InlineData("1,a\n2,b\n", "column_1 BIGINT;column_2 VARCHAR")]
    public async Task Names_that_are_blank_or_repeated_get_one_of_their_own(
        string text,
        string expected,
        string? skip = null
    )
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", text);
        await folder.LandCleanlyAsync(skip is null ? "files: '*.csv'" : "files: '*.csv', header: true");
        Assert.Equal(expected.Split(';'), await folder.ColumnsAsync());
    }

    [Fact]
    public async Task What_is_stated_goes_before_what_is_detected()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "1~'a~b'~x\n2~'c\\'d'~NA\n");
        await folder.LandCleanlyAsync(
            """files: '*.csv', delimiter: "~", quote: "'", escape: "\\", header: false, null_values: [NA]"""
        );
        Assert.Equal(["1|a~b|x", "2|c'd|∅"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Hundreds_of_columns_land()
    {
        await using var folder = await NewFolderAsync();
        var names = string.Join(',', Enumerable.Range(0, 400).Select(number => $"c{number}"));
        var values = string.Join(',', Enumerable.Range(0, 400));
        folder.Write("a.csv", $"{names}\n{values}\n{values}\n");
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal("798", await folder.ValueAsync("SELECT sum(c399) FROM raw_s.t"));
    }

    [Fact]
    public async Task Names_meant_to_harm_are_names()
    {
        string[] hostile =
        [
            "a\"b",
            "x'; drop table raw_s.t; --",
            "日本 🎉",
            "select",
            new string('n', 300),
            "hw_c0",
            "line",
            "document",
            "two\nlines",
            "{x}",
            "$1",
        ];
        await using var folder = await NewFolderAsync();
        var header = string.Join(
            ',',
            hostile.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
        );
        var row = string.Join(',', hostile.Select((_, index) => $"v{index}"));
        folder.Write("it's; drop table x.csv", $"{header}\n{row}\n");
        await folder.LandCleanlyAsync("files: '*.csv'");
        Assert.Equal(hostile.Select(name => name + " VARCHAR"), await folder.ColumnsAsync());
        Assert.Equal("it's; drop table x.csv", await folder.ValueAsync("SELECT _hw_file FROM raw_s.t"));

        // The careful way too.
        folder.Write("b.csv", $"{header}\n{row}\n{row},,,more,\n");
        Assert.Equal(1, (await folder.LandAsync("files: '*.csv'")).RowsQuarantined);
    }

    [Fact]
    public async Task A_name_that_is_kept_for_landing_is_refused()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.csv", "id,_HW_row\n1,2\n");
        Assert.Equal("HW3010", Assert.Single((await folder.LandAsync("files: '*.csv'")).Diagnostics).Code);
    }
}
