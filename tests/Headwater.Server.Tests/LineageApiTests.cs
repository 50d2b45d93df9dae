using System.Net;
using System.Text.Json;
using static Headwater.Server.Tests.ApiAnswers;

namespace Headwater.Server.Tests;

public sealed class LineageApiTests(SalesServer server) : IClassFixture<SalesServer>
{
    private static Uri Address(string path) => new("/api/v1/lineage/" + path, UriKind.Relative);

    private static string Steps(JsonElement column, string direction) =>
        string.Join(
            "; ",
            column
                .GetProperty(direction)
                .EnumerateArray()
                .Select(step =>
                    $"{step.GetProperty("steps")} {step.GetProperty("relation").GetString()}.{step.GetProperty("column").GetString()} {step.GetProperty("kind").GetString()}"
                )
        );

    [Fact]
    public async Task A_column_is_traced_up_to_its_sources_and_down_to_what_reads_it()
    {
        using var client = await server.SignedInAsync();
        using var up = await ReadAsync(await client.GetAsync(Address("opportunities/close_value")));
        var column = up.RootElement.GetProperty("columns")[0];

        Assert.Equal("marts.opportunities", up.RootElement.GetProperty("relation").GetString());
        Assert.Equal("model.sales.opportunities", up.RootElement.GetProperty("unique_id").GetString());
        Assert.Equal(
            "1 staging.deals.value copied; 2 marts.products.list_price transformed; 2 marts.sales_agents.regional_office condition",
            Steps(column, "upstream")
        );
        Assert.False(up.RootElement.GetProperty("hidden").GetBoolean());

        using var down = await ReadAsync(await client.GetAsync(Address("raw_crm.deals/ID")));
        Assert.Equal(
            "1 marts.opportunities.opportunity_id copied",
            Steps(down.RootElement.GetProperty("columns")[0], "downstream")
        );
    }

    [Fact]
    public async Task A_model_tells_of_each_column_one_step_each_way_and_what_decides_on_its_rows()
    {
        using var client = await server.SignedInAsync();
        using var answer = await ReadAsync(await client.GetAsync(Address("model.sales.opportunities")));
        var columns = answer.RootElement.GetProperty("columns");

        Assert.Equal(2, columns.GetArrayLength());
        Assert.Equal("1 staging.deals.value copied", Steps(columns[1], "upstream"));
        Assert.Equal(2, answer.RootElement.GetProperty("filters_on").GetArrayLength());
        Assert.Contains("secret_note", answer.RootElement.GetProperty("gaps")[0].GetString(), StringComparison.Ordinal);
        Assert.False(answer.RootElement.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("opportunity", "did you mean 'opportunities'?")]
    [InlineData("opportunities/close_valu", "did you mean 'close_value'?")]
    public async Task An_unknown_name_is_told_the_nearest(string path, string hint)
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.GetAsync(Address(path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(hint, Unescaped(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    // Ann's rows are ruled by office: she knows of opportunities and agents, but of no raw, staging or product table.
    [Theory]
    [InlineData("opportunities")]
    [InlineData("opportunities/close_value")]
    [InlineData("opportunities/opportunity_id")]
    [InlineData("sales_agents")]
    [InlineData("sales_agents/regional_office")]
    [InlineData("deals")]
    [InlineData("staging.deals")]
    [InlineData("staging.deals/value")]
    [InlineData("model.sales.deals")]
    [InlineData("product")]
    [InlineData("products/list_price")]
    [InlineData("raw_crm.deals")]
    [InlineData("opportunities/missing")]
    public async Task Nothing_is_named_that_the_askers_roles_do_not_show(string path)
    {
        using var client = await server.SignedInAsync("ann");
        using var answer = await client.GetAsync(Address(path));
        var text = Unescaped(await answer.Content.ReadAsStringAsync());

        // What she wrote herself she may read again.
        foreach (var name in (string[])["staging", "deals", "raw_crm", "products", "list_price", "secret_note"])
        {
            Assert.True(
                path.Contains(name, StringComparison.Ordinal) || !text.Contains(name, StringComparison.Ordinal),
                text
            );
        }
    }

    [Fact]
    public async Task A_way_leads_unnamed_through_what_is_hidden()
    {
        using var client = await server.SignedInAsync("ann");
        using var answer = await ReadAsync(await client.GetAsync(Address("opportunities/close_value")));

        Assert.Equal(
            "1 marts.sales_agents.regional_office condition",
            Steps(answer.RootElement.GetProperty("columns")[0], "upstream")
        );
        Assert.True(answer.RootElement.GetProperty("hidden").GetBoolean());
        Assert.Equal(
            "marts.sales_agents",
            Assert
                .Single(answer.RootElement.GetProperty("filters_on").EnumerateArray())
                .GetProperty("relation")
                .GetString()
        );
        Assert.Empty(answer.RootElement.GetProperty("gaps").EnumerateArray());
        Assert.False(answer.RootElement.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("vic")]
    [InlineData("nobody")]
    public async Task Who_may_not_explore_is_told_nothing(string name)
    {
        using var client = await server.SignedInAsync(name);
        using var answer = await client.GetAsync(Address("opportunities"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
