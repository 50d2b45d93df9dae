using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class OperationApiTests(SalesServer server) : IClassFixture<SalesServer>
{
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
                    "/lineage/{model}",
                    "/lineage/{model}/{column}",
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
}
