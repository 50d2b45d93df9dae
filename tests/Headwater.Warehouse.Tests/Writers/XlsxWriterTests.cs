using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Headwater.Kernel.Diagnostics;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers;
using Headwater.Warehouse.Writers.Xlsx;

namespace Headwater.Warehouse.Tests.Writers;

public sealed class XlsxWriterTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task Every_part_is_well_formed_and_the_sheet_has_a_frozen_bold_header()
    {
        var bytes = await BytesAsync(
            new ResultTableBuilder(("a & b", TypeKind.Int32)).Row(1).Build(),
            "Won <by> region: 2024/25"
        );
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var parts = zip.Entries.ToDictionary(entry => entry.FullName, Load, StringComparer.Ordinal);
        Assert.Equal(6, parts.Count);
        Assert.Equal(
            "Won <by> region  2024 25",
            parts["xl/workbook.xml"].Descendants(Main + "sheet").Single().Attribute("name")!.Value
        );
        var sheet = parts["xl/worksheets/sheet1.xml"];
        Assert.Equal("frozen", sheet.Descendants(Main + "pane").Single().Attribute("state")!.Value);
        var header = sheet.Descendants(Main + "c").First();
        Assert.Equal("a & b", header.Value);
        var style = int.Parse(header.Attribute("s")!.Value, CultureInfo.InvariantCulture);
        var font = parts["xl/styles.xml"]
            .Descendants(Main + "cellXfs")
            .Elements()
            .ElementAt(style)
            .Attribute("fontId")!
            .Value;
        Assert.NotNull(
            parts["xl/styles.xml"]
                .Descendants(Main + "font")
                .ElementAt(int.Parse(font, CultureInfo.InvariantCulture))
                .Element(Main + "b")
        );
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\tx")]
    [InlineData("plain <b> & \"quotes\"")]
    [InlineData(" blanks around ")]
    public async Task Text_is_an_inline_string_with_a_quote_prefix(string text)
    {
        var (cell, styles) = await CellAsync(new ColumnType(TypeKind.Text), text);
        Assert.Equal("inlineStr", cell.Attribute("t")!.Value);
        Assert.Equal(text, cell.Value);
        var style = styles.Descendants(Main + "cellXfs").Elements().ElementAt(StyleOf(cell));
        Assert.Equal("1", style.Attribute("quotePrefix")!.Value);
        Assert.Empty(cell.Elements(Main + "f"));
    }

    [Theory]
    [InlineData("a\u0001b", "a_x0001_b")]
    [InlineData("a\rb", "a_x000D_b")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("a\uFFFFb\uFFFE", "a\uFFFDb\uFFFD")]
    [InlineData("snake_x_case", "snake_x_case")]
    public async Task Characters_that_XML_forbids_are_escaped_as_Excel_does(string text, string expected)
    {
        var (cell, _) = await CellAsync(new ColumnType(TypeKind.Text), text);
        Assert.Equal(expected, cell.Value);
    }

    public static TheoryData<ColumnType, object, string, string> Typed =>
        new()
        {
            { new ColumnType(TypeKind.Int32), -5, "-5", "" },
            { new ColumnType(TypeKind.UInt8), (byte)200, "200", "" },
            { new ColumnType(TypeKind.Int64), 999_999_999_999_999L, "999999999999999", "" },
            { new ColumnType(TypeKind.Float64), 0.1, "0.1", "" },
            { ColumnType.DecimalOf(9, 2), 12.5m, "12.50", "" },
            { new ColumnType(TypeKind.Boolean), true, "1", "" },
            { new ColumnType(TypeKind.Date), new DateOnly(1900, 3, 1), "61", "yyyy\\-mm\\-dd" },
            { new ColumnType(TypeKind.Date), new DateOnly(2024, 2, 29), "45351", "yyyy\\-mm\\-dd" },
            {
                new ColumnType(TypeKind.Timestamp),
                new DateTime(2024, 2, 29, 12, 0, 0),
                "45351.5",
                "yyyy\\-mm\\-dd\\ hh:mm:ss"
            },
            { new ColumnType(TypeKind.Time), new TimeOnly(6, 0), "0.25", "hh:mm:ss" },
        };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task Numbers_and_dates_are_numbers(ColumnType type, object value, string expected, string format)
    {
        var (cell, styles) = await CellAsync(type, value);
        Assert.Equal(expected, cell.Element(Main + "v")!.Value);
        var id = styles.Descendants(Main + "cellXfs").Elements().ElementAt(StyleOf(cell)).Attribute("numFmtId")!.Value;
        var code = styles.Descendants(Main + "numFmt").SingleOrDefault(item => item.Attribute("numFmtId")!.Value == id);
        Assert.Equal(format, code?.Attribute("formatCode")!.Value ?? "");
    }

    public static TheoryData<ColumnType, object, string> TooPrecise =>
        new()
        {
            { new ColumnType(TypeKind.Int64), 1_000_000_000_000_000L, "1000000000000000" },
            { new ColumnType(TypeKind.Int128), Int128.MinValue, "-170141183460469231731687303715884105728" },
            { ColumnType.DecimalOf(20, 2), 12_345_678_901_234.56m, "12345678901234.56" },
            { new ColumnType(TypeKind.Float64), double.NaN, "NaN" },
            { new ColumnType(TypeKind.Date), new DateOnly(1899, 12, 31), "1899-12-31" },
        };

    [Theory]
    [MemberData(nameof(TooPrecise))]
    public async Task What_Excel_would_change_is_text(ColumnType type, object value, string expected)
    {
        var (cell, _) = await CellAsync(type, value);
        Assert.Equal("inlineStr", cell.Attribute("t")!.Value);
        Assert.Equal(expected, cell.Value);
    }

    [Fact]
    public async Task Cells_say_where_they_stand_and_nulls_are_none()
    {
        var columns = Enumerable.Range(0, 30).Select(index => ($"c{index}", TypeKind.Int32));
        var values = Enumerable.Range(0, 30).Select(index => index is 1 ? null : (object)index).ToArray();
        var sheet = await SheetAsync(new ResultTableBuilder(columns).Row(values).Build());
        var row = sheet.Descendants(Main + "row").Last();
        Assert.Equal("2", row.Attribute("r")!.Value);
        var places = row.Elements().Select(cell => cell.Attribute("r")!.Value).ToList();
        Assert.Equal(["A2", "C2"], places[..2]);
        Assert.Equal(["Z2", "AA2", "AB2", "AC2", "AD2"], places[^5..]);
    }

    [Fact]
    public async Task Text_is_cut_at_what_a_cell_can_hold()
    {
        var (cell, _) = await CellAsync(new ColumnType(TypeKind.Text), new string('x', 32_766) + "🎉🎉");
        Assert.Equal(32_766, cell.Value.Length);
    }

    [Fact]
    public async Task More_rows_than_a_sheet_can_hold_are_a_diagnostic()
    {
        var column = new FixedColumn<int>(new ColumnType(TypeKind.Int32), new int[524_288]);
        var batch = new Batch([column], column.Length);
        var table = new ResultTable([new ResultColumn("a", column.Type)], [batch, batch]);
        var error = await Assert.ThrowsAsync<DiagnosticException>(() => BytesAsync(table));
        Assert.Equal("HW6010", error.Diagnostic.Code);
    }

    [Fact]
    public async Task More_columns_than_a_sheet_can_hold_are_a_diagnostic()
    {
        var column = new ResultColumn("a", new ColumnType(TypeKind.Int32));
        var table = new ResultTable([.. Enumerable.Repeat(column, 16_385)], []);
        var error = await Assert.ThrowsAsync<DiagnosticException>(() => BytesAsync(table));
        Assert.Equal("HW6011", error.Diagnostic.Code);
    }

    private static int StyleOf(XElement cell) =>
        int.Parse(cell.Attribute("s")?.Value ?? "0", CultureInfo.InvariantCulture);

    private static async Task<(XElement Cell, XDocument Styles)> CellAsync(ColumnType type, object value)
    {
        var bytes = await BytesAsync(new ResultTableBuilder([new ResultColumn("a", type)]).Row(value).Build());
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var cell = Load(zip.GetEntry("xl/worksheets/sheet1.xml")!).Descendants(Main + "c").Last();
        return (cell, Load(zip.GetEntry("xl/styles.xml")!));
    }

    private static async Task<XDocument> SheetAsync(ResultTable table)
    {
        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(table)));
        return Load(zip.GetEntry("xl/worksheets/sheet1.xml")!);
    }

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    }

    private static async Task<byte[]> BytesAsync(ResultTable table, string sheetName = "Result")
    {
        using var stream = new MemoryStream();
        await new XlsxWriter(sheetName).WriteAsync(table, stream, CancellationToken.None);
        return stream.ToArray();
    }
}
