using System.Net;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class PassportApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static Uri Address(string path) => new("/api/v1/metrics/" + path, UriKind.Relative);

    [Fact]
    public async Task A_passport_tells_plan_sql_tables_and_loads()
    {
        using var client = await server.SignedInAsync();
        using var answer = await ReadAsync(
            await client.GetAsync(
                Address(
                    "won_revenue/passport?group_by=metric_time__month,product__series&where=product__series%20%3D%20'GTX'"
                )
            )
        );
        var passport = answer.RootElement;

        Assert.Equal("won_revenue", passport.GetProperty("metrics")[0].GetProperty("name").GetString());
        Assert.Contains("by month of", passport.GetProperty("plan")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("SELECT", passport.GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["marts.opportunities", "marts.products", "marts.sales_agents", "staging.deals"],
            passport
                .GetProperty("relations")
                .EnumerateArray()
                .Select(relation => relation.GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task Whose_rows_are_ruled_is_told_of_no_hidden_table_and_no_number_of_rows()
    {
        using var client = await server.SignedInAsync("ann");
        using var answer = await client.GetAsync(Address("won_revenue/passport"));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.DoesNotContain("staging", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rows\"", text, StringComparison.Ordinal);
        Assert.Contains("\"hidden\":true", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", "won_revenu", HttpStatusCode.NotFound)]
    [InlineData("vic", "won_revenue", HttpStatusCode.Forbidden)]
    public async Task A_passport_is_refused_with_a_reason(string user, string metric, HttpStatusCode status)
    {
        using var client = await server.SignedInAsync(user);
        using var answer = await client.GetAsync(Address(metric + "/passport"));
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("admin", "How it comes about", "staging.deals")]
    [InlineData("ann", "Your roles do not show everything that it stands on.", "marts.opportunities")]
    public async Task The_page_of_a_metric_shows_what_the_reader_may_see_of_its_passport(
        string user,
        string told,
        string also
    )
    {
        using var client = await server.SignedInAsync(user);
        var page = await client.GetStringAsync(new Uri("/metrics/won_revenue", UriKind.Relative));
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains(also, page, StringComparison.Ordinal);
        Assert.Equal(user == "admin", page.Contains("staging.deals", StringComparison.Ordinal));
        Assert.Contains("SELECT", page, StringComparison.Ordinal);
    }
}
