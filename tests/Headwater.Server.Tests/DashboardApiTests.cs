using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public class DashboardApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    [Fact]
    public async Task A_dashboard_streams_every_tile_once_and_a_refused_one_takes_no_other_along()
    {
        using var client = await server.SignedInAsync();
        var lines = await LinesAsync(client, "/api/v1/dashboards/corners/data");
        Assert.True(lines[0].TryGetProperty("filters", out _));
        Assert.True(lines[^1].GetProperty("done").GetBoolean());
        var tiles = lines[1..^1].ToDictionary(line => line.GetProperty("tile").GetString()!);
        Assert.Equal(10, tiles.Count);
        Assert.Equal("HW4101", tiles["r1c0"].GetProperty("problem").GetProperty("code").GetString());
        Assert.Empty(tiles["r1c1"].GetProperty("table").GetProperty("rows").EnumerateArray());
        CheckSqlTile(tiles["r3c0"]);
        Assert.True(tiles["r0c0"].GetProperty("trend").GetProperty("rows").GetArrayLength() >= 24);
    }

    private protected virtual void CheckSqlTile(JsonElement tile) =>
        Assert.Equal(3, tile.GetProperty("table").GetProperty("rows").GetArrayLength());

    [Fact]
    public async Task A_page_that_has_all_numbers_is_told_so()
    {
        using var client = await server.SignedInAsync();
        var address = new Uri("/api/v1/dashboards/sales/data?metric_time=this_year", UriKind.Relative);
        using var cold = await client.GetAsync(address);
        await cold.Content.ReadAsByteArrayAsync();
        using var warm = await client.GetAsync(address);
        Assert.NotNull(warm.Headers.ETag);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", warm.Headers.ETag.ToString());
        using var known = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task Filters_narrow_every_tile_that_they_reach()
    {
        using var client = await server.SignedInAsync();
        var all = await FigureAsync(client, "/api/v1/dashboards/corners/data", "r0c1");
        Assert.Equal(1200, all);
        var months = await FigureAsync(
            client,
            "/api/v1/dashboards/corners/data?metric_time=2016-01-01..2016-12-31",
            "r0c1"
        );
        var rest = await FigureAsync(client, "/api/v1/dashboards/corners/data?metric_time=2017-01-01..", "r0c1");
        Assert.Equal(1200, months + rest);

        var sectors = 0L;
        foreach (
            var sector in (string[])
                ["retail", "medical", "software", "finance", "telecommunications", @"it's\, ""odd"" \\ one", @"\N"]
        )
        {
            sectors += await FigureAsync(
                client,
                $"/api/v1/dashboards/corners/data?account__sector={Uri.EscapeDataString(sector)}",
                "r0c1"
            );
        }

        Assert.Equal(1200, sectors);
        Assert.Equal(
            await FigureAsync(client, "/api/v1/dashboards/corners/data?account__sector=retail", "r0c1")
                + await FigureAsync(client, @"/api/v1/dashboards/corners/data?account__sector=%5CN", "r0c1"),
            await FigureAsync(client, @"/api/v1/dashboards/corners/data?account__sector=retail,%5CN", "r0c1")
        );
    }

    [Fact]
    public async Task The_rows_behind_a_number_give_that_number()
    {
        using var client = await server.SignedInAsync();
        const string filter = "?metric_time=2016-01-01..2016-03-31&account__sector=retail";
        var shown = await FigureAsync(client, "/api/v1/dashboards/corners/data" + filter, "r0c1");
        using var answer = await client.GetAsync(
            new Uri("/api/v1/dashboards/corners/tiles/r0c1/rows" + filter, UriKind.Relative)
        );
        using var rows = await ReadAsync(answer);
        Assert.Equal(shown, rows.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("csv", "text/csv", "metric_time__month")]
    [InlineData("json", "application/json", "metric_time__month")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK")]
    [InlineData("parquet", "application/vnd.apache.parquet", "PAR1")]
    public async Task A_tile_can_be_downloaded(string format, string mediaType, string holds)
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.GetAsync(
            new Uri($"/api/v1/dashboards/sales/tiles/r1c0/download?format={format}", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"Won-revenue-by-product-series.{format}", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains(
            holds,
            Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_download_in_no_known_format_is_a_problem_and_no_file()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.GetAsync(
            new Uri("/api/v1/dashboards/sales/tiles/r1c0/download?format=xls", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentDisposition);
        Assert.Contains("xlsx", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/query", 405, "HW8006")]
    [InlineData("DELETE", "/api/v1/dashboards/sales", 405, "HW8006")]
    [InlineData("GET", "/api/v1/nothing", 404, "HW8001")]
    [InlineData("GET", "/api/v1/dashboards/sales/tiles/r1c0/download", 400, "HW8007")]
    [InlineData("GET", "/api/v1/dashboards/sales/tiles/r9c9/data", 404, "HW8011")]
    [InlineData("GET", "/api/v1/dashboards/sales/data?metric_time=someday", 400, "HW4113")]
    public async Task A_wrong_address_is_a_problem_with_a_code(string method, string path, int status, string code)
    {
        using var client = await server.SignedInAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
