using Headwater.Warehouse.Port;
using Headwater.Warehouse.Writers;

namespace Headwater.Sources.Tests.Formats;

/// <summary>JSON, NDJSON, Parquet and Excel.</summary>
public class OtherFormatTests : LandingTests
{
    [Fact]
    public async Task A_list_of_objects_lands()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.json", """[{"id": 1, "name": "a", "tags": ["x"]}, {"id": 2, "day": "2024-01-31"}]""");
        await folder.LandCleanlyAsync("files: '*.json'");
        Assert.Equal(["1|a|[x]|∅", "2|∅|∅|2024-01-31"], await folder.LandedAsync());
    }

    [Theory]
    [InlineData("""[{"id": 1}, {"id":""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_broken_document_is_one_diagnostic_and_keeps_what_there_was(string text)
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.json", """[{"id": 1}]""");
        await folder.LandCleanlyAsync("files: '*.json', load: append");
        folder.Write("b.json", text);
        var report = await folder.LandAsync("files: '*.json', load: append");
        Assert.Equal("HW3004", Assert.Single(report.Diagnostics).Code);
        Assert.Equal(["1"], await folder.LandedAsync());
    }

    [Fact]
    public async Task Lines_that_are_no_objects_are_set_aside()
    {
        await using var folder = await NewFolderAsync();
        folder.Write(
            "a.ndjson",
            """
            {"id": 1, "n": 1.5, "in": {"a": 1}, "odd/name~": "p"}
            {"id": 2, "n":
            [1, 2]

            {"id": 3, "n": null}
            "text"
            {"id": 4, "n": 2}
            """
        );
        var report = await folder.LandAsync("files: '*.ndjson'");
        Assert.Empty(report.Diagnostics);
        Assert.Equal((6, 3, 3), (report.RowsRead, report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(
            ["1|1.5|1|p|1", "3|∅|∅|∅|2", "4|2.0|∅|∅|3"],
            await folder.RowsAsync("""SELECT id, n, "in".a, "odd/name~", _hw_row FROM raw_s.t ORDER BY id""")
        );
        Assert.Equal(
            ["not JSON|{\"id\": 2, \"n\":", "not a JSON object|[1, 2]", "not a JSON object|\"text\""],
            await folder.QuarantineAsync("reason, original")
        );
    }

    [Fact]
    public async Task A_value_of_another_type_than_stated_is_set_aside()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.jsonl", "{\"id\": 1}\n{\"id\": \"x\"}\n");
        var report = await folder.LandAsync("files: '*.jsonl', columns: {id: bigint}");
        Assert.Equal((1, 1), (report.RowsLanded, report.RowsQuarantined));
        Assert.Equal("id", await folder.ValueAsync("SELECT column_name FROM raw_s._quarantine"));
    }

    [Fact]
    public async Task Parquet_keeps_its_types()
    {
        await using var folder = await NewFolderAsync();
        folder.Write(
            "a.parquet",
            await ParquetAsync(folder, "SELECT 1 AS id, 1.25::DECIMAL(9,2) AS x, DATE '2024-01-31' AS d, [1, 2] AS l")
        );
        await folder.LandCleanlyAsync("files: '*.parquet'");
        Assert.Equal(["id INTEGER", "x DECIMAL(9,2)", "d DATE", "l INTEGER[]"], await folder.ColumnsAsync());
        Assert.Equal(["1|1.25|2024-01-31|[1, 2]"], await folder.LandedAsync());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    [InlineData(0)]
    public async Task Corrupt_parquet_is_one_diagnostic_and_keeps_what_there_was(double kept)
    {
        await using var folder = await NewFolderAsync();
        var whole = await ParquetAsync(folder, "SELECT i AS id, 'text ' || i AS x FROM range(20000) t(i)");
        folder.Write("a.parquet", whole);
        await folder.LandCleanlyAsync("files: '*.parquet', load: append");
        folder.Write("b.parquet", whole[..(int)(whole.Length * kept)]);
        var report = await folder.LandAsync("files: '*.parquet', load: append");
        var problem = Assert.Single(report.Diagnostics);
        Assert.Equal("HW3004", problem.Code);
        Assert.DoesNotContain(folder.Host.Warehouse.FileEngine.SpoolFolder, problem.Message, StringComparison.Ordinal);
        Assert.Equal("20000", await folder.ValueAsync("SELECT count(*) FROM raw_s.t"));
    }

    [Fact]
    public async Task Parquet_with_broken_pages_lands_whole_or_not_at_all()
    {
        await using var folder = await NewFolderAsync();
        var bytes = await ParquetAsync(folder, "SELECT i AS id, md5(i::VARCHAR) AS x FROM range(300000) t(i)");
        for (var place = bytes.Length / 3; place < bytes.Length / 3 + 4_000; place++)
        {
            bytes[place] ^= 0x5A;
        }

        folder.Write("a.parquet", bytes);
        var report = await folder.LandAsync("files: '*.parquet'");
        Assert.Equal("HW3004", Assert.Single(report.Diagnostics).Code);
        Assert.Equal(
            "0",
            await folder.ValueAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 't'")
        );
    }

    [Fact]
    public async Task A_workbook_lands()
    {
        await using var folder = await NewFolderAsync();
        folder.Write(
            "a.xlsx",
            await WriteAsync(
                folder,
                "xlsx",
                "SELECT 1 AS id, 'a,b' AS name, DATE '2024-01-31' AS d, 1.5 AS x, true AS f UNION ALL SELECT 2, 'two\nlines', NULL, 2.25, false"
            )
        );
        await folder.LandCleanlyAsync("files: '*.xlsx'");
        Assert.Equal(["1|a,b|2024-01-31|1.5|true", "2|two\nlines|∅|2.25|false"], await folder.LandedAsync());
        Assert.Equal(["id BIGINT", "name VARCHAR", "d DATE", "x DOUBLE", "f BOOLEAN"], await folder.ColumnsAsync());
    }

    [Fact]
    public async Task A_range_of_a_sheet_lands()
    {
        await using var folder = await NewFolderAsync();
        folder.Write(
            "a.xlsx",
            await WriteAsync(folder, "xlsx", "SELECT i AS a, i * 10 AS b, i * 100 AS c FROM range(5) t(i)")
        );
        await folder.LandCleanlyAsync("files: '*.xlsx', range: 'B1:C3'");
        Assert.Equal(["0|0", "10|100"], await folder.LandedAsync());
        folder.Delete("a.xlsx").Write("b.xlsx", await WriteAsync(folder, "xlsx", "SELECT 1 AS a"));
        Assert.Equal(
            "HW3013",
            Assert.Single((await folder.LandAsync("files: '*.xlsx', range: nonsense")).Diagnostics).Code
        );
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_names_those_that_are()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.xlsx", await WriteAsync(folder, "xlsx", "SELECT 1 AS a"));
        var problem = Assert.Single((await folder.LandAsync("files: '*.xlsx', sheet: Nothing")).Diagnostics);
        Assert.Equal("HW3012", problem.Code);
        Assert.NotEmpty(problem.Hint!);
    }

    [Fact]
    public async Task What_only_looks_like_a_workbook_is_one_diagnostic()
    {
        await using var folder = await NewFolderAsync();
        var whole = await WriteAsync(folder, "xlsx", "SELECT i AS a FROM range(5000) t(i)");
        folder.Write("a.xlsx", "no workbook").Write("b.xlsx", whole[..(whole.Length / 2)]).Write("c.xlsx", "");
        var report = await folder.LandAsync("files: '*.xlsx', load: append");
        Assert.Equal(["HW3004", "HW3004", "HW3004"], report.Diagnostics.Select(problem => problem.Code));
    }

    [Fact]
    public async Task A_format_that_cannot_be_told_is_said()
    {
        await using var folder = await NewFolderAsync();
        folder.Write("a.dat", "id\n1\n");
        Assert.Equal("HW3011", Assert.Single((await folder.LandAsync("files: '*.dat'")).Diagnostics).Code);
        await folder.LandCleanlyAsync("files: '*.dat', format: csv");
        Assert.Equal(["1"], await folder.LandedAsync());
    }

    private static Task<byte[]> ParquetAsync(LandingFolder folder, string sql) => WriteAsync(folder, "parquet", sql);

    private static async Task<byte[]> WriteAsync(LandingFolder folder, string format, string sql)
    {
        var connection = await folder.Host.Warehouse.FileEngine.ConnectAsync(CancellationToken.None);
        await using (connection)
        {
            var reader = await connection.ReadAsync(new SqlCommand(sql), CancellationToken.None);
            await using (reader)
            {
                using var output = new MemoryStream();
                var batches = reader.ReadBatchesAsync(CancellationToken.None);
                await (
                    format == "parquet"
                        ? folder
                            .Host.Warehouse.ExportParquetAsync(reader.Columns, batches, output, CancellationToken.None)
                            .AsTask()
                        : ResultWriters
                            .Find(format)!
                            .WriteAsync(reader.Columns, batches, output, CancellationToken.None)
                            .AsTask()
                );
                return output.ToArray();
            }
        }
    }

    [Fact]
    public async Task Json_in_one_line_lands_however_long_it_is()
    {
        await using var folder = await NewFolderAsync();
        var objects = Enumerable.Range(1, 200_000).Select(i => $"{{\"id\": {i}, \"x\": \"{new string('x', 80)}\"}}");
        folder.Write("a.json", $"[{string.Join(',', objects)}]");
        var report = await folder.LandCleanlyAsync("files: '*.json'");
        Assert.Equal(200_000, report.RowsLanded);
        Assert.Equal("200000", await folder.ValueAsync("SELECT max(id) FROM raw_s.t"));
    }
}
