using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Headwater.Server.Tests;

public sealed class ApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    [Fact]
    public async Task A_metric_query_answers_with_columns_and_rows_and_then_from_the_cache()
    {
        using var client = await server.SignedInAsync();
        var query = new
        {
            metrics = new[] { "won_opportunities" },
            group_by = new[] { "sales_agent__regional_office" },
            order_by = new[] { "sales_agent__regional_office" },
        };
        using var first = await client.PostAsJsonAsync("/api/v1/query", query);
        using var json = await ReadAsync(first);
        Assert.Equal(
            "sales_agent__regional_office",
            json.RootElement.GetProperty("columns")[0].GetProperty("name").GetString()
        );
        Assert.Equal(["Central", "East", "West"], Column(json, 0));
        Assert.Equal(1200, json.RootElement.GetProperty("rows").EnumerateArray().Sum(row => row[1].GetInt64()));

        var tag = first.Headers.ETag!.ToString();
        using var again = new HttpRequestMessage(HttpMethod.Post, "/api/v1/query")
        {
            Content = JsonContent.Create(query),
        };
        again.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var second = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_row_rule_holds_on_every_path()
    {
        using var client = await server.SignedInAsync("ann");
        using var metric = await client.PostAsJsonAsync(
            "/api/v1/query",
            new { metrics = new[] { "won_opportunities" }, group_by = new[] { "sales_agent__regional_office" } }
        );
        Assert.Equal(["West"], Column(await ReadAsync(metric), 0));
        using var sql = await client.PostAsJsonAsync(
            "/api/v1/sql",
            new { sql = "select distinct regional_office from marts.sales_agents" }
        );
        Assert.Equal(["West"], Column(await ReadAsync(sql), 0));
        using var values = await client.GetAsync(
            new Uri("/api/v1/dimensions/sales_agent__regional_office/values", UriKind.Relative)
        );
        Assert.Equal("""{"values":["West"]}""", await values.Content.ReadAsStringAsync());
        var lines = await LinesAsync(client, "/api/v1/dashboards/corners/data");
        var share = lines.Single(line => line.TryGetProperty("tile", out var tile) && tile.GetString() == "r2c1");
        Assert.Equal(
            "West",
            Assert.Single(share.GetProperty("table").GetProperty("rows").EnumerateArray())[0].GetString()
        );
    }

    [Theory]
    [InlineData("/api/v1/query", """{"metrics":["won_revenu"]}""", 400, "HW4101")]
    [InlineData("/api/v1/query", """{"metric":["won_revenue"]}""", 400, "HW8002")]
    [InlineData("/api/v1/query", """{"metrics":"won_revenue"}""", 400, "HW8002")]
    [InlineData("/api/v1/query", """{"metrics":[""", 400, "HW8002")]
    [InlineData("/api/v1/query", "null", 400, "HW8002")]
    [InlineData(
        "/api/v1/query",
        """{"metrics":["won_revenue"],"where":["account__sector = 'x' or sleep(1)"]}""",
        400,
        "HW4104"
    )]
    [InlineData("/api/v1/sql", """{"sql":"drop table marts.products"}""", 400, null)]
    [InlineData("/api/v1/sql", """{"sql":"select * from read_csv('/etc/passwd')"}""", 400, null)]
    [InlineData("/api/v1/sql", "{}", 400, "HW8002")]
    public async Task A_wrong_question_is_a_problem_with_a_code(string path, string body, int status, string? code)
    {
        using var client = await server.SignedInAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(code ?? "HW5", problem.RootElement.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_unknown_name_offers_the_nearest()
    {
        using var client = await server.SignedInAsync();
        using var metric = await client.GetAsync(new Uri("/api/v1/metrics/won_revenu", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, metric.StatusCode);
        Assert.Contains("won_revenue", await metric.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var dashboard = await client.GetAsync(new Uri("/api/v1/dashboards/saless", UriKind.Relative));
        Assert.Contains("'sales'", Unescaped(await dashboard.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var filter = await client.GetAsync(
            new Uri("/api/v1/dashboards/sales/data?product__serie=GTX", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.BadRequest, filter.StatusCode);
        Assert.Contains("product__series", await filter.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/metrics")]
    [InlineData("GET", "/api/v1/dashboards/sales/data")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("POST", "/api/v1/query")]
    [InlineData("GET", "/api/v1/nothing")]
    public async Task A_stranger_gets_nothing_from_the_api(string method, string path)
    {
        using var client = server.Stranger();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("HW8003", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_a_role_sees_no_number()
    {
        using var client = await server.SignedInAsync("nobody");
        using var answer = await client.PostAsJsonAsync("/api/v1/query", new { metrics = new[] { "won_revenue" } });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/query", """{"metrics":["won_revenue"]}""")]
    [InlineData("/api/v1/query?format=csv", """{"metrics":["won_revenue"]}""")]
    [InlineData("/api/v1/sql", """{"sql":"select 1"}""")]
    [InlineData("/api/v1/sql?format=csv", """{"sql":"select * from marts.opportunities"}""")]
    [InlineData("/api/v1/sql?format=parquet", """{"sql":"select 1"}""")]
    public async Task Who_may_only_view_asks_nothing_of_his_own_in_any_format(string path, string body)
    {
        using var client = await server.SignedInAsync("vic");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var shown = await client.GetAsync(
            new Uri("/api/v1/dashboards/corners/tiles/r2c1/download?format=csv", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task What_an_engine_said_of_a_run_is_told_to_administrators_alone()
    {
        using var administrator = await server.SignedInAsync();
        using var reader = await server.SignedInAsync("ann");
        var runs = JsonDocument.Parse(await administrator.GetStringAsync(new Uri("/api/v1/runs", UriKind.Relative)));
        var run = runs.RootElement.GetProperty("runs")[0].GetProperty("id").GetString();
        foreach (
            var path in (string[])["/api/v1/runs", $"/api/v1/runs/{run}", "/api/v1/sources", $"/runs/{run}", "/sources"]
        )
        {
            var address = new Uri(path, UriKind.Relative);
            string[] messages =
            [
                "3 rows could not be read.",
                "2 rows are not unique.",
                "1 test failed: nothing was published.",
            ];
            var told = await administrator.GetStringAsync(address);
            Assert.Contains(messages, message => told.Contains(message, StringComparison.Ordinal));
            var kept = await reader.GetStringAsync(address);
            Assert.DoesNotContain(messages, message => kept.Contains(message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_write_from_another_site_is_refused(string header, string value)
    {
        using var client = await server.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var still = await client.GetAsync(new Uri("/api/v1/metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

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
        Assert.Equal(3, tiles["r3c0"].GetProperty("table").GetProperty("rows").GetArrayLength());
        Assert.True(tiles["r0c0"].GetProperty("trend").GetProperty("rows").GetArrayLength() >= 24);
    }

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

    [Fact]
    public async Task The_catalogue_and_the_operations_are_told()
    {
        using var client = await server.SignedInAsync();
        Assert.Contains(
            "\"won_revenue\"",
            await client.GetStringAsync(new Uri("/api/v1/metrics", UriKind.Relative)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"account__sector\"",
            await client.GetStringAsync(new Uri("/api/v1/dimensions?metrics=win_rate,won_revenue", UriKind.Relative)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"state\":\"failed\"",
            await client.GetStringAsync(new Uri("/api/v1/runs", UriKind.Relative)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"rows_quarantined\":3",
            await client.GetStringAsync(new Uri("/api/v1/sources", UriKind.Relative)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "marts",
            await client.GetStringAsync(new Uri("/api/v1/dashboards/sales/tiles/r1c0/sql", UriKind.Relative)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_open_api_document_describes_every_operation_and_its_body()
    {
        using var client = await server.SignedInAsync();
        using var document = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))
        );
        var paths = document.RootElement.GetProperty("paths");
        foreach (
            var path in (string[])
                [
                    "/query",
                    "/sql",
                    "/metrics",
                    "/metrics/{name}",
                    "/dimensions",
                    "/dimensions/{name}/values",
                    "/dashboards",
                    "/dashboards/{name}/data",
                    "/runs/{id}",
                    "/sources",
                ]
        )
        {
            Assert.True(paths.TryGetProperty("/api/v1" + path, out var operations), path);
            foreach (var operation in operations.EnumerateObject())
            {
                Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("summary").GetString()), path);
            }
        }

        Assert.True(paths.GetProperty("/api/v1/query").GetProperty("post").TryGetProperty("requestBody", out _));
        Assert.Contains(
            "group_by",
            document.RootElement.GetProperty("components").GetRawText(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            paths.EnumerateObject(),
            path => !path.Name.StartsWith("/api/v1/", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Health_is_open_to_all(string path)
    {
        using var client = server.Stranger();
        Assert.Equal("""{"status":"ok"}""", await client.GetStringAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task What_was_asked_is_in_the_audit_log()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync("/api/v1/sql", new { sql = "select 42 as audited" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var segments = Directory.GetFiles(Path.Combine(server.Home, "audit"));
        var records = string.Concat(segments.Select(ReadShared));
        Assert.Contains("select 42 as audited", records, StringComparison.Ordinal);
    }

    private static async Task<long> FigureAsync(HttpClient client, string path, string tile)
    {
        var lines = await LinesAsync(client, path);
        var line = lines.Single(line => line.TryGetProperty("tile", out var id) && id.GetString() == tile);
        return line.GetProperty("table").GetProperty("rows")[0][0].GetInt64();
    }

    private static async Task<List<JsonElement>> LinesAsync(HttpClient client, string path)
    {
        var text = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }

    private static List<string?> Column(JsonDocument result, int column) =>
        [.. result.RootElement.GetProperty("rows").EnumerateArray().Select(row => row[column].GetString())];

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
