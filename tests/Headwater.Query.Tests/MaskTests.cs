using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

/// <summary>What a role masks nobody of it sees, whichever way he asks.</summary>
public sealed class MaskTests
{
    private static Principal Support => Of("support");

    private static Principal Clerk => Of("clerk");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hash_hides_a_value_and_keeps_it_apart_from_others(bool onPostgres)
    {
        await using var shop = await OpenAsync(onPostgres);

        var names = (await shop.AskAsync(Ask("orders", "customer__name"), Support)).Text();

        Assert.DoesNotContain("Ada", names, StringComparison.Ordinal);
        var groups = names.Split("; ").Select(row => row.Split(',')).ToList();
        // Bob, Eve, Ada with two orders, and the order of nobody.
        Assert.Equal(["1", "1", "1", "2"], groups.Select(row => row[1]).Order());
        Assert.Equal(3, groups.Select(row => row[0]).Where(name => name != "-").Distinct().Count());
        Assert.All(groups.Where(row => row[0] != "-"), row => Assert.Matches("^[0-9a-f]{24}$", row[0]));
        Assert.Equal(names, (await shop.AskAsync(Ask("orders", "customer__name"), Support)).Text());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_masked_column_meets_no_filter_by_its_clear_value(bool onPostgres)
    {
        await using var shop = await OpenAsync(onPostgres);

        var asked = await shop.AskAsync(Ask("orders", "order__status", "customer__name = 'Ada'"), Support);
        var values = await shop.AskAsync(new DimensionValuesQuestion("customer__name", [], "Eve", 10), Support);

        Assert.Equal(0, asked.Answer.Table.RowCount);
        Assert.Equal(0, values.Answer.Table.RowCount);
    }

    [Fact]
    public async Task Methods_do_what_they_say()
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.Equal("•••", await SqlAsync("select distinct name from customers"));
        Assert.Equal("•••le,-", await SqlAsync("select title, product_id from products"));
        Assert.Equal("-", await SqlAsync("select distinct amount from orders"));

        async Task<string> SqlAsync(string sql) => (await shop.SqlAsync(sql, Clerk)).Text();
    }

    [Theory]
    [InlineData("select name from customers where name = 'Ada'", "")]
    [InlineData("select count(*) as n from customers where name like 'A%'", "0")]
    [InlineData("select customer_id from customers order by name = 'Eve' desc, customer_id limit 1", "1")]
    [InlineData("with t as (select * from customers) select count(*) as n from t where name = 'Ada'", "0")]
    [InlineData("select (select max(name) from customers where name < 'B') is null as n", "False")]
    [InlineData("select count(*) as n from customers c join (select 'Ada' as name) x on c.name = x.name", "0")]
    [InlineData("select count(*) as n from order_names where name in ('Ada', 'Bob', 'Eve')", "0")]
    public async Task User_sql_sees_the_mask_wherever_the_column_stands(string sql, string expected)
    {
        await using var shop = await ShopProject.OpenAsync();

        var answer = (await shop.SqlAsync(sql, Support)).Text();

        Assert.DoesNotContain("Ada", answer, StringComparison.Ordinal);
        if (!sql.Contains("is null", StringComparison.Ordinal))
        {
            Assert.Equal(expected, answer);
        }
    }

    [Fact]
    public async Task A_mask_goes_into_the_views_over_its_table()
    {
        await using var shop = await ShopProject.OpenAsync();

        // Nobody has traced the view: its columns may be made of anything that it reads.
        var answer = (await shop.SqlAsync("select distinct name from order_names", Clerk)).Text();

        Assert.Equal("-", answer);
    }

    [Fact]
    public async Task A_masked_value_is_in_no_message()
    {
        await using var shop = await ShopProject.OpenAsync();

        var refused = await shop.RefusalAsync("select cast(name as integer) from customers", Support);

        Assert.DoesNotContain("Ada", refused.Message + refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_of_a_masked_column_gives_nothing()
    {
        await using var shop = await ShopProject.OpenAsync();

        Assert.Equal("-", (await shop.AskAsync(Ask("revenue"), Clerk)).Text());
        Assert.Equal("310", (await shop.AskAsync(Ask("revenue"), Support)).Text());
    }

    [Fact]
    public async Task Another_role_lifts_a_mask_only_if_it_says_so()
    {
        await using var shop = await ShopProject.OpenAsync();
        var names = Ask("orders", "customer__name");

        Assert.DoesNotContain(
            "Ada",
            (await shop.AskAsync(names, Of("support", "analyst"))).Text(),
            StringComparison.Ordinal
        );
        Assert.Contains("Ada", (await shop.AskAsync(names, Of("support", "officer"))).Text(), StringComparison.Ordinal);
        // Two masks: the stronger holds.
        Assert.Contains("•••,", (await shop.AskAsync(names, Of("support", "clerk"))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_of_one_policy_are_not_those_of_another()
    {
        await using var shop = await ShopProject.OpenAsync();
        var names = Ask("orders", "customer__name");

        var clear = (await shop.AskAsync(names, ShopProject.Analyst)).Text();
        var masked = (await shop.AskAsync(names, Support)).Text();

        Assert.NotEqual(clear, masked);
        Assert.Equal(clear, (await shop.AskAsync(names, ShopProject.Analyst)).Text());
    }

    [Fact]
    public async Task Rules_and_masks_hold_together_and_what_is_unrestricted_is_seen_whole()
    {
        await using var shop = await ShopProject.OpenAsync();
        var east = Of("eastern_support") with
        {
            Attributes = new Dictionary<string, IReadOnlyList<string>> { ["regions"] = ["East"] },
        };

        Assert.Equal("1", (await shop.SqlAsync("select count(*) as n from customers", east)).Text());
        Assert.Equal("0", (await shop.SqlAsync("select count(*) as n from customers where name = 'Ada'", east)).Text());
        Assert.Equal("Kettle", (await shop.SqlAsync("select title from products", east)).Text());
        var values = await shop.AskAsync(new DimensionValuesQuestion("product__title", [], null, 10), east);
        Assert.Equal("Kettle", values.Text());
        await Assert.ThrowsAsync<DiagnosticException>(() => shop.SqlAsync("select * from visits_none", east));
        var raw = await shop.RefusalAsync("select * from raw_shop.orders", east);
        Assert.Equal("HW5107", raw.Code);
    }

    private static Principal Of(params string[] roles) =>
        new(string.Join('-', roles), "Someone", roles, new Dictionary<string, IReadOnlyList<string>>());

    private static MetricQuestion Ask(string metric, string? by = null, params string[] where) =>
        new(new MetricRequest([metric], by is null ? [] : [by], where, [], null));

    private static async Task<ShopProject> OpenAsync(bool onPostgres) =>
        onPostgres ? await ShopProject.OpenOnPostgresAsync() : await ShopProject.OpenAsync();
}
