using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class QuestionApiTests(SalesServer server) : IClassFixture<SalesServer>
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
    public async Task A_query_may_name_a_span_and_ask_for_bounds_or_every_row()
    {
        using var client = await server.SignedInAsync();
        var months = new[] { "metric_time__month" };
        using var span = await client.PostAsJsonAsync(
            "/api/v1/query",
            new
            {
                metrics = new[] { "won_opportunities" },
                group_by = months,
                from = "2016-02-15",
                to = "2016-04-01",
            }
        );
        Assert.Equal(["2016-02-01", "2016-03-01", "2016-04-01"], Column(await ReadAsync(span), 0));

        var series = new[] { "product__series" };
        using var bounds = await client.PostAsJsonAsync("/api/v1/query", new { group_by = series, bounds = true });
        Assert.Equal(["GTK"], Column(await ReadAsync(bounds), 0));
        Assert.Equal(["MG"], Column(await ReadAsync(bounds), 1));
        using var every = await client.PostAsJsonAsync(
            "/api/v1/query",
            new { group_by = series, keep_duplicates = true }
        );
        Assert.Equal(["GTK", "GTX", "GTX", "MG", "MG"], Column(await ReadAsync(every), 0));
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
    [InlineData("/api/v1/query", """{"metrics":[null]}""", 400, "HW8002")]
    [InlineData("/api/v1/query", """{"metrics":["won_revenue"],"where":[null]}""", 400, "HW8002")]
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

    [Theory]
    [InlineData("/api/v1/query", "text/plain", "{}")]
    [InlineData("/api/v1/sql", "application/x-www-form-urlencoded", "sql=select 1")]
    public async Task A_body_of_another_kind_is_a_problem_too(string path, string mediaType, string body)
    {
        using var client = await server.SignedInAsync();
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("HW8002", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_with_a_body_names_no_type_of_ours()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync("/api/v1/query", new { limit = "5" });
        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Contains("$.limit", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem, StringComparison.Ordinal);
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
}
