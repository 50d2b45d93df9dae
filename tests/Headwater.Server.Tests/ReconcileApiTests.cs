using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class ReconcileApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static readonly Uri Address = new("/api/v1/reconcile", UriKind.Relative);

    private static object Sheet(string name, string text) =>
        new
        {
            left = new { metric = "won_revenue" },
            right = new
            {
                file = new { name, content = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) },
                key = "Deal",
                value = "Amount",
            },
        };

    private static decimal Number(JsonElement element) =>
        decimal.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("admin")]
    [InlineData("ann")]
    public async Task Two_metrics_are_split_into_causes_that_add_up(string user)
    {
        using var client = await server.SignedInAsync(user);
        using var answer = await ReadAsync(
            await client.PostAsJsonAsync(
                Address,
                new
                {
                    left = new { metric = "won_opportunities" },
                    right = new { metric = "opportunities" },
                    from = "2016-03-01",
                    to = "2016-12-31",
                    group_by = (string[])["sales_agent__regional_office"],
                }
            )
        );
        var root = answer.RootElement;
        Assert.Equal(
            Number(root.GetProperty("gap")),
            root.GetProperty("causes").EnumerateArray().Sum(cause => Number(cause.GetProperty("amount")))
        );
        Assert.Equal(
            Number(root.GetProperty("left_total")) - Number(root.GetProperty("right_total")),
            Number(root.GetProperty("gap"))
        );
        Assert.Equal(user == "ann" ? 1 : 3, root.GetProperty("groups").GetArrayLength());
        Assert.Contains(
            "filter",
            root.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("cause").GetString())
        );
    }

    [Fact]
    public async Task The_rows_of_a_cause_come_page_by_page()
    {
        using var client = await server.SignedInAsync();
        var keys = new HashSet<string?>();
        string? cursor = null;
        do
        {
            using var page = await ReadAsync(
                await client.PostAsJsonAsync(
                    Address,
                    new
                    {
                        left = new { metric = "won_opportunities" },
                        right = new { metric = "opportunities" },
                        cause = "filter:left:1",
                        page_size = 500,
                        cursor,
                    }
                )
            );
            foreach (var row in page.RootElement.GetProperty("rows").EnumerateArray())
            {
                Assert.True(keys.Add(row.GetProperty("key")[0].GetString()));
            }

            cursor = page.RootElement.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        // Of five opportunities two are won.
        Assert.Equal(1800, keys.Count);
    }

    [Fact]
    public async Task A_spreadsheet_is_compared_with_a_metric()
    {
        using var client = await server.SignedInAsync();
        using var answer = await ReadAsync(
            await client.PostAsJsonAsync(Address, Sheet("finance.csv", "Deal;Amount\nO0;5000\nX1;1.25\n;3\n"))
        );
        var causes = answer.RootElement.GetProperty("causes").EnumerateArray().ToList();

        Assert.Equal(
            ["no_key", "only_one_side", "only_one_side", "value"],
            causes.Select(cause => cause.GetProperty("cause").GetString())
        );
        Assert.Equal("-1.25", causes[2].GetProperty("amount").GetString());
        Assert.Equal("5004.25", answer.RootElement.GetProperty("right_total").GetString());
    }

    [Theory]
    [InlineData("finance.csv", "Deal,Sum\nO0,5\n", "HW3031", "Sum")]
    [InlineData("finance.csv", "Deal,Amount\nO0,five\n", "HW5503", "five")]
    [InlineData("finance.exe", "MZ", "HW3030", "csv")]
    [InlineData("../../etc/finance.xlsx", "PK\u0003\u0004 no zip", "HW3004", "xlsx")]
    [InlineData("finance.csv", "", "HW3004", "empty")]
    public async Task A_file_that_cannot_be_read_is_refused_with_a_reason(
        string name,
        string text,
        string code,
        string told
    )
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync(Address, Sheet(name, text));
        var problem = Unescaped(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, problem, StringComparison.Ordinal);
        Assert.Contains(told, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {}}""")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {"metric": "opportunities", "sql": "select 1"}}""")]
    [InlineData("""{"left": {"metric": "won_revenue"}, "right": {"sql": "select 1"}}""")]
    [InlineData(
        """{"left": {"metric": "won_revenue"}, "right": {"file": {"name": "a.csv", "content": "###"}, "key": "a", "value": "b"}}"""
    )]
    public async Task A_body_that_says_no_two_numbers_is_refused(string body)
    {
        using var client = await server.SignedInAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(Address, content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_problem_offers_candidates_as_data()
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/v1/query", UriKind.Relative),
            new { metrics = (string[])["won_revenu"], limit = 0 }
        );
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var errors = problem.RootElement.GetProperty("errors").EnumerateArray().ToList();

        Assert.Equal(["HW4110", "HW4101"], errors.Select(error => error.GetProperty("code").GetString()));
        Assert.Equal("won_revenue", errors[1].GetProperty("candidates")[0].GetString());
        Assert.Equal("did you mean 'won_revenue'?", errors[1].GetProperty("hint").GetString());
    }
}
