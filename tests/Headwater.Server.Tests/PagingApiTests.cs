using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class PagingApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static readonly Uri Query = new("/api/v1/query", UriKind.Relative);

    private static object Request(int? size, string? cursor) =>
        new
        {
            metrics = (string[])["won_revenue"],
            group_by = (string[])["product__series", "metric_time__quarter"],
            order_by = (string[])["-won_revenue"],
            page_size = size,
            cursor,
        };

    private static string? Next(JsonElement answer) =>
        answer.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;

    [Theory]
    [InlineData("admin")]
    [InlineData("ann")]
    public async Task All_pages_are_the_whole_answer(string user)
    {
        using var client = await server.SignedInAsync(user);
        using var whole = await ReadAsync(await client.PostAsJsonAsync(Query, Request(null, null)));
        Assert.Null(Next(whole.RootElement));
        var rows = new List<string>();
        string? cursor = null;
        do
        {
            using var page = await ReadAsync(await client.PostAsJsonAsync(Query, Request(4, cursor)));
            rows.AddRange(page.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText()));
            cursor = Next(page.RootElement);
        } while (cursor is not null);

        Assert.Equal(whole.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText()), rows);
        Assert.True(rows.Count > 8);
    }

    [Fact]
    public async Task A_cursor_of_someone_under_other_rules_is_refused()
    {
        using var admin = await server.SignedInAsync();
        using var first = await ReadAsync(await admin.PostAsJsonAsync(Query, Request(4, null)));
        using var ann = await server.SignedInAsync("ann");
        using var answer = await ann.PostAsJsonAsync(Query, Request(4, Next(first.RootElement)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("HW5401", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_walked_by_pages()
    {
        using var client = await server.SignedInAsync();
        var values = new List<string?>();
        var cursor = "";
        do
        {
            var address = new Uri($"/api/v1/dimensions/product__series/values?page_size=2{cursor}", UriKind.Relative);
            using var page = await ReadAsync(await client.GetAsync(address));
            values.AddRange(page.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
            cursor = Next(page.RootElement) is { } next ? "&cursor=" + next : null;
        } while (cursor is not null);

        Assert.Equal(["GTK", "GTX", "MG"], values);
    }

    [Fact]
    public async Task A_file_has_no_pages()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/v1/query?format=csv", UriKind.Relative),
            Request(4, null)
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
