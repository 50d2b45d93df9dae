using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

public sealed class PolicyTests
{
    private static readonly MetricQuestion Revenue = new(
        new MetricRequest(["revenue"], ["customer__region"], [], [], null)
    );

    [Theory]
    [InlineData("East", "East,30")]
    [InlineData("East,West", "East,30; West,40")]
    [InlineData("North", "")]
    [InlineData("", "")]
    public async Task A_row_rule_narrows_metrics_and_SQL_alike(string regions, string expected)
    {
        await using var shop = await ShopProject.OpenAsync();
        var rep = ShopProject.Rep(regions.Split(',', StringSplitOptions.RemoveEmptyEntries));
        const string sql = """
            select c.region, sum(o.amount) from orders o join customers c using (customer_id) group by all order by all
            """;

        Assert.Equal(expected, (await shop.AskAsync(Revenue, rep)).Text());
        Assert.Equal(expected, (await shop.SqlAsync(sql, rep)).Text());
    }

    [Fact]
    public async Task A_missing_attribute_sees_nothing()
    {
        await using var shop = await ShopProject.OpenAsync();
        var nobody = new Principal("x", "X", ["rep"], new Dictionary<string, IReadOnlyList<string>>());

        Assert.Equal("", (await shop.AskAsync(Revenue, nobody)).Text());
        Assert.Equal("0", (await shop.SqlAsync("select count(*) from orders", nobody)).Text());
    }

    [Fact]
    public async Task Answers_of_one_policy_are_never_given_under_another()
    {
        await using var shop = await ShopProject.OpenAsync();

        var all = await shop.AskAsync(Revenue, ShopProject.Administrator);
        var east = await shop.AskAsync(Revenue, ShopProject.Rep("East"));
        var eastAgain = await shop.AskAsync(Revenue, ShopProject.Rep("East"));
        var west = await shop.AskAsync(Revenue, ShopProject.Rep("West"));

        Assert.Equal("East,30; West,40; -,240", all.Text());
        Assert.Equal("East,30", east.Text());
        Assert.Equal("West,40", west.Text());
        Assert.True(eastAgain.FromCache);
        Assert.False(west.FromCache);
        Assert.NotEqual(all.Answer.EntityTag, east.Answer.EntityTag);
    }

    [Fact]
    public async Task A_table_that_a_rule_cannot_reach_is_invisible()
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.Equal("Kettle", (await shop.SqlAsync("select title from products", ShopProject.Analyst)).Text());
        Assert.Equal("HW5107", (await shop.RefusalAsync("select title from products", ShopProject.Rep("East"))).Code);
        Assert.Equal("HW5107", (await shop.RefusalAsync("select * from order_names", ShopProject.Rep("East"))).Code);
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(
                new MetricQuestion(new MetricRequest([], ["product__title"], [], [], null)),
                ShopProject.Rep("East")
            )
        );
        Assert.Equal("HW4115", refused.Diagnostic.Code);
    }

    [Theory]
    [InlineData("select case when region <> 'East' then cast(name as integer) end from customers")]
    [InlineData("select regexp_matches('x', case when region = 'West' then '(' || name else 'x' end) from customers")]
    [InlineData("select count(*) from customers where 1 / (case when name = 'Bob' then 0 else 1 end) > 0")]
    [InlineData("select strptime(name, '%Y') from customers")]
    public async Task A_forbidden_row_cannot_speak_through_an_error(string sql)
    {
        await using var shop = await ShopProject.OpenAsync();
        try
        {
            Assert.DoesNotContain(
                "Bob",
                (await shop.SqlAsync(sql, ShopProject.Rep("East"))).Text(),
                StringComparison.Ordinal
            );
        }
        catch (DiagnosticException refused)
        {
            var told = string.Join(' ', refused.Diagnostics.Select(item => item.Message + item.Hint));
            Assert.DoesNotContain("Bob", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Permitted_rows_follow_the_tables()
    {
        await using var shop = await ShopProject.OpenAsync();
        const string sql = "select count(*) from orders";
        var rep = ShopProject.Rep("East");

        Assert.Equal("2", (await shop.SqlAsync(sql, rep)).Text());
        await shop.ChangeAsync("UPDATE analytics.customers SET region = 'East' WHERE customer_id = 2", "customers");
        Assert.Equal("3", (await shop.SqlAsync(sql, rep)).Text());
    }

    [Theory]
    [InlineData("viewer", QuestionPath.Page, true)]
    [InlineData("viewer", QuestionPath.Api, false)]
    [InlineData("analyst", QuestionPath.Api, true)]
    [InlineData("unknown", QuestionPath.Page, false)]
    public async Task What_is_not_permitted_is_refused_and_recorded(string role, QuestionPath path, bool permitted)
    {
        await using var shop = await ShopProject.OpenAsync();
        var principal = new Principal("p", "P", [role], new Dictionary<string, IReadOnlyList<string>>());

        if (permitted)
        {
            await shop.AskAsync(Revenue, principal, path);
            Assert.Equal("ok", Assert.Single(shop.Audit.Records).Outcome);
        }
        else
        {
            await Assert.ThrowsAsync<DiagnosticException>(() => shop.AskAsync(Revenue, principal, path));
            Assert.Equal("HW5001", Assert.Single(shop.Audit.Records).Outcome);
        }
    }
}
