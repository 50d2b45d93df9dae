using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Csv;

namespace Headwater.Warehouse.Tests.Writers;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("ä🎉", "ä🎉")]
    public async Task Text_is_quoted_and_never_a_formula(string text, string expected)
    {
        var table = new ResultTableBuilder(("a", TypeKind.Text)).Row(text).Build();
        Assert.Equal($"a\r\n{expected}\r\n", await JsonWriterTests.TextAsync(new CsvWriter(), table));
    }

    [Fact]
    public async Task Names_of_columns_are_guarded_as_well()
    {
        var table = new ResultTableBuilder(("=cmd", TypeKind.Int32), ("a,b", TypeKind.Int32)).Row(-1, null).Build();
        Assert.Equal("'=cmd,\"a,b\"\r\n-1,\r\n", await JsonWriterTests.TextAsync(new CsvWriter(), table));
    }

    [Fact]
    public async Task Labels_of_enums_and_base64_are_guarded_as_well()
    {
        var labels = new ColumnType(TypeKind.Enum) { Labels = ["=x"] };
        var table = new ResultTableBuilder([
            new ResultColumn("e", labels),
            new ResultColumn("b", new ColumnType(TypeKind.Blob)),
        ])
            .Row("=x", Convert.FromBase64String("+AAA"))
            .Build();
        Assert.Equal("e,b\r\n'=x,'+AAA\r\n", await JsonWriterTests.TextAsync(new CsvWriter(), table));
    }

    [Fact]
    public async Task Values_are_written_as_people_and_programs_read_them()
    {
        var table = new ResultTableBuilder([
            new ResultColumn("b", new ColumnType(TypeKind.Boolean)),
            new ResultColumn("i", new ColumnType(TypeKind.Int64)),
            new ResultColumn("d", ColumnType.DecimalOf(10, 2)),
            new ResultColumn("f", new ColumnType(TypeKind.Float64)),
            new ResultColumn("t", new ColumnType(TypeKind.Date)),
            new ResultColumn("s", new ColumnType(TypeKind.Timestamp)),
            new ResultColumn("z", new ColumnType(TypeKind.TimestampTz)),
            new ResultColumn("u", new ColumnType(TypeKind.Uuid)),
            new ResultColumn(
                "l",
                new ColumnType(TypeKind.List) { Fields = [new("element", new ColumnType(TypeKind.Text))] }
            ),
            new ResultColumn("v", new ColumnType(TypeKind.Interval)),
        ])
            .Row(
                false,
                long.MinValue,
                -12.5m,
                0.1,
                new DateOnly(2024, 2, 29),
                new DateTime(2024, 2, 29, 1, 2, 3),
                new DateTime(2024, 2, 29, 1, 2, 3),
                Guid.Empty,
                new object?[] { "x", null },
                new Interval(0, 1, 0)
            )
            .Build();
        Assert.Equal(
            "b,i,d,f,t,s,z,u,l,v\r\n"
                + "false,-9223372036854775808,-12.50,0.1,2024-02-29,2024-02-29 01:02:03,2024-02-29 01:02:03Z,"
                + "00000000-0000-0000-0000-000000000000,\"[\"\"x\"\",null]\",P1D\r\n",
            await JsonWriterTests.TextAsync(new CsvWriter(), table)
        );
    }

    [Fact]
    public async Task A_byte_order_mark_is_written_when_asked_for()
    {
        var table = new ResultTableBuilder(("a", TypeKind.Int32)).Row(1).Build();
        using var stream = new MemoryStream();
        await Warehouse.Writers.ResultWriters.WriteAsync(
            new CsvWriter(byteOrderMark: true),
            table,
            stream,
            CancellationToken.None
        );
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'a'], stream.ToArray()[..4]);
    }
}
