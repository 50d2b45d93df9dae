using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExcelDataReader;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

/// <summary>The same question gives the same answer whichever way it goes: first and again, as a file of any kind, in a dashboard and its downloads.</summary>
public sealed class EveryPathTests(SalesServer server) : IClassFixture<SalesServer>
{
    public static TheoryData<string, string, string[], string[]> Questions =>
        new()
        {
            { "r2c0", "admin", ["opportunities"], ["opportunity__deal_stage"] },
            { "r2c1", "admin", ["won_revenue"], ["sales_agent__regional_office"] },
            { "r2c1", "ann", ["won_revenue"], ["sales_agent__regional_office"] },
            { "r2c2", "admin", ["won_opportunities"], ["metric_time__quarter", "product__series"] },
            { "r2c2", "ann", ["won_opportunities"], ["metric_time__quarter", "product__series"] },
            { "r3c1", "admin", ["win_rate"], ["metric_time__quarter", "sales_agent__regional_office"] },
        };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_answer_is_the_same(string tile, string who, string[] metrics, string[] dimensions)
    {
        using var client = await server.SignedInAsync(who);
        var question = new { metrics, group_by = dimensions };

        using var first = await client.PostAsJsonAsync("/api/v1/query", question);
        var rows = Rows((await ReadAsync(first)).RootElement);

        Assert.NotEmpty(rows);
        using var again = await client.PostAsJsonAsync("/api/v1/query", question);
        Assert.Equal(rows, Rows((await ReadAsync(again)).RootElement));
        foreach (var format in (string[])["csv", "ndjson", "xlsx", "parquet"])
        {
            using var file = await client.PostAsJsonAsync("/api/v1/query?format=" + format, question);
            Assert.Equal(rows, await RowsAsync(file, format));
        }

        var path = $"/api/v1/dashboards/corners/tiles/{tile}";
        using var shown = await client.GetAsync(new Uri($"{path}/data", UriKind.Relative));
        Assert.Equal(rows, Rows((await ReadAsync(shown)).RootElement));
        var line = (await LinesAsync(client, "/api/v1/dashboards/corners/data")).Single(line =>
            line.TryGetProperty("tile", out var id) && id.GetString() == tile
        );
        Assert.Equal(rows, Rows(line.GetProperty("table")));
        foreach (var format in (string[])["csv", "ndjson", "xlsx", "parquet"])
        {
            using var file = await client.GetAsync(new Uri($"{path}/download?format={format}", UriKind.Relative));
            Assert.Equal(rows, await RowsAsync(file, format));
        }
    }

    // In the order of their text: a tile may want another order.
    private static List<string> Rows(JsonElement table) =>
        Sorted(table.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Text)));

    private static async Task<List<string>> RowsAsync(HttpResponseMessage answer, string format)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(bytes));
        return format switch
        {
            "csv" => Sorted(
                System
                    .Text.Encoding.UTF8.GetString(bytes)
                    .Trim('\uFEFF')
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Skip(1)
                    .Select(line => line.TrimEnd('\r').Split(',').Select(Text))
            ),
            "ndjson" => Sorted(
                System
                    .Text.Encoding.UTF8.GetString(bytes)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line =>
                        JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => Text(member.Value))
                    )
            ),
            "xlsx" => Sheet(bytes),
            _ => await ParquetAsync(bytes),
        };
    }

    private static List<string> Sheet(byte[] bytes)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
        var rows = new List<List<string>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
        }

        return Sorted(rows.Skip(1));
    }

    private static async Task<List<string>> ParquetAsync(byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("headwater-parquet-").FullName;
        try
        {
            await using var host = WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions { Home = Path.Combine(folder, "home") }
            );
            var file = Path.Combine(host.Warehouse.SpoolFolder, "answer.parquet");
            await File.WriteAllBytesAsync(file, bytes);
            await using var connection = await host.Warehouse.ConnectAsync(default);
            var table = await connection.QueryAsync($"SELECT * FROM read_parquet('{file}')", default);
            return Sorted(
                Enumerable
                    .Range(0, (int)table.RowCount)
                    .Select(row =>
                        Enumerable.Range(0, table.Columns.Count).Select(column => Text(table.Value(row, column)))
                    )
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Sorted(IEnumerable<IEnumerable<string>> rows) =>
        [.. rows.Select(row => string.Join(" | ", row)).Order(StringComparer.Ordinal)];

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => Text(value.GetString()),
            _ => Text(value.GetRawText()),
        };

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => Text(value.ToString()!),
        };

    // Files may write a number with other zeros.
    private static string Text(string? value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? decimal.Round(number, 10).ToString("0.##########", CultureInfo.InvariantCulture)
            : value ?? "";
}
