using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class AccessApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    [Theory]
    [InlineData("GET", "/api/v1/metrics")]
    [InlineData("GET", "/api/v1/dashboards/sales/data")]
    [InlineData("GET", "/api/v1/lineage/opportunities")]
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
}
