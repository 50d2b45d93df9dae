using System.Text;
using ExcelDataReader;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Writers;
using Headwater.Warehouse.Writers.Xlsx;

namespace Headwater.Warehouse.Tests.Writers;

/// <summary>A reader that is not ours understands the workbook.</summary>
public sealed class XlsxReadingTests
{
    [Fact]
    public async Task Another_reader_finds_names_and_values()
    {
        // The reader wants it for old files, at once.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var table = new ResultTableBuilder([
            new ResultColumn("name", new ColumnType(TypeKind.Text)),
            new ResultColumn("count", new ColumnType(TypeKind.Int64)),
            new ResultColumn("amount", ColumnType.DecimalOf(12, 2)),
            new ResultColumn("day", new ColumnType(TypeKind.Date)),
            new ResultColumn("moment", new ColumnType(TypeKind.TimestampTz)),
            new ResultColumn("open", new ColumnType(TypeKind.Boolean)),
        ])
            .Row("Ä & <b> 🎉", 42L, -12.5m, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 13, 30, 0), true)
            .Row(null, null, null, null, null, null)
            .Row("=1+1", -1L, 0m, new DateOnly(1999, 12, 31), new DateTime(1999, 12, 31, 0, 0, 0), false)
            .Build();
        using var stream = new MemoryStream();
        await new XlsxWriter("Deals").WriteAsync(table, stream, CancellationToken.None);
        stream.Position = 0;
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        Assert.Equal("Deals", reader.Name);
        Assert.Equal(["name", "count", "amount", "day", "moment", "open"], Next(reader));
        Assert.Equal(
            ["Ä & <b> 🎉", 42.0, -12.5, new DateTime(2024, 2, 29), new DateTime(2024, 2, 29, 13, 30, 0), true],
            Next(reader)
        );
        Assert.All(Next(reader), Assert.Null);
        Assert.Equal(["=1+1", -1.0, 0.0, new DateTime(1999, 12, 31), new DateTime(1999, 12, 31), false], Next(reader));
        Assert.False(reader.Read());
    }

    private static object?[] Next(IExcelDataReader reader)
    {
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, 6).Select(reader.GetValue)];
    }
}
