using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

public class MetricQuestionTests
{
    private protected virtual Task<ShopProject> OpenShopAsync() => ShopProject.OpenAsync();

    private static MetricQuestion Ask(
        string metrics,
        string groupBy = "",
        string where = "",
        string order = "",
        int? limit = null
    ) => new(new MetricRequest(Split(metrics), Split(groupBy), where.Length == 0 ? [] : [where], Split(order), limit));

    [Theory]
    [InlineData("revenue", "", "", "310")]
    [InlineData("revenue", "customer__region", "", "East,30; West,40; -,240")]
    [InlineData("revenue", "metric_time__month", "", "2025-01-01,10; 2025-02-01,60; 2025-03-01,80; -,160")]
    [InlineData("revenue", "metric_time__day", "", "2025-01-05,10; 2025-02-10,20; 2025-02-11,40; 2025-03-01,80; -,160")]
    [InlineData("revenue", "metric_time__week", "", "2024-12-30,10; 2025-02-10,60; 2025-02-24,80; -,160")]
    [InlineData("revenue", "metric_time__quarter", "", "2025-01-01,150; -,160")]
    [InlineData("revenue", "metric_time__year", "", "2025-01-01,150; -,160")]
    [InlineData("revenue,orders", "order__status", "", "open,180,2; paid,130,3")]
    [InlineData("paid_share", "", "", "0.6")]
    [InlineData("paid_orders,orders", "customer__region", "", "East,1,2; West,1,1; -,1,2")]
    [InlineData("revenue", "", "customer__region in ('East', 'West')", "70")]
    [InlineData("revenue", "", "metric_time__month = '2025-02-01'", "60")]
    [InlineData("revenue", "", "metric_time > '2025-02-10'", "120")]
    [InlineData("revenue", "", "metric_time__month >= '2025-01-15'", "140")]
    [InlineData("revenue", "", "metric_time is null", "160")]
    [InlineData("revenue", "", "not (order__status = 'paid' or customer__region = 'East')", "-")]
    [InlineData("revenue", "", "{{ Dimension('customer__name') }} ilike 'a%'", "30")]
    [InlineData("revenue", "", "{{ TimeDimension('metric_time', 'year') }} = '2025-01-01'", "150")]
    [InlineData("revenue,visits", "", "", "310,4")]
    [InlineData("revenue,visits", "customer__region", "", "East,30,2; West,40,1; -,240,1")]
    [InlineData(
        "revenue,visits",
        "metric_time__month",
        "",
        "2025-01-01,10,1; 2025-02-01,60,1; 2025-03-01,80,-; 2025-04-01,-,1; -,160,1"
    )]
    [InlineData("revenue_per_visit", "customer__region", "", "East,15; West,40; -,240")]
    [InlineData("visitors,median_seconds", "", "", "2,40")]
    [InlineData("", "customer__region", "", "East; West; -")]
    [InlineData("", "product__title", "", "Kettle")]
    [InlineData("revenue", "customer__customer", "customer__region = 'East'", null)]
    public async Task A_metric_query_gives_the_rows_of_its_definition(
        string metrics,
        string groupBy,
        string where,
        string? expected
    )
    {
        await using var shop = await OpenShopAsync();

        if (expected is null)
        {
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                shop.AskAsync(Ask(metrics, groupBy, where), ShopProject.Administrator)
            );
        }
        else
        {
            Assert.Equal(
                expected,
                (await shop.AskAsync(Ask(metrics, groupBy, where), ShopProject.Administrator)).Text()
            );
        }
    }

    [Fact]
    public async Task Order_and_limit_apply_to_the_result()
    {
        await using var shop = await OpenShopAsync();

        var reply = await shop.AskAsync(Ask("revenue", "customer__name", "", "-revenue", 2), ShopProject.Administrator);

        Assert.Equal("-,160; Eve,80", reply.Text());
    }

    [Theory]
    [InlineData("revenu", "", "", "HW4101", "did you mean 'revenue'?")]
    [InlineData("revenue", "customer__regoin", "", "HW4102", "did you mean 'customer__region'?")]
    [InlineData("revenue", "customer__region__month", "", "HW4105", null)]
    [InlineData("revenue", "metric_time__hour", "", "HW4106", null)]
    [InlineData("revenue", "", "metric_time > 'yesterday'", "HW4107", null)]
    [InlineData("revenue", "", "upper(customer__region) = 'EAST'", "HW4104", null)]
    [InlineData("revenue", "", "customer__region = 'East'; drop table x", "HW4104", null)]
    [InlineData("", "", "", "HW4109", null)]
    [InlineData("revenue,revenue", "", "", "HW4114", null)]
    public async Task A_wrong_query_says_what_is_wrong(
        string metrics,
        string groupBy,
        string where,
        string code,
        string? hint
    )
    {
        await using var shop = await OpenShopAsync();

        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(Ask(metrics, groupBy, where), ShopProject.Administrator)
        );

        Assert.Equal(code, refused.Diagnostic.Code);
        if (hint is not null)
        {
            Assert.Equal(hint, refused.Diagnostic.Hint);
        }
    }

    [Fact]
    public async Task All_mistakes_of_a_query_are_reported_at_once()
    {
        await using var shop = await OpenShopAsync();

        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(Ask("revenue,nonsense", "order__stauts", "a = ", "-oops"), ShopProject.Administrator)
        );

        Assert.Equal(["HW4101", "HW4104", "HW4108"], refused.Diagnostics.Select(item => item.Code).Order());
    }

    [Theory]
    [InlineData("revenue", "amount", 310)]
    [InlineData("paid_orders", "order_count", 3)]
    [InlineData("paid_share", "order_count", 5)]
    public async Task The_rows_behind_a_number_are_those_it_was_computed_from(
        string metric,
        string measure,
        int expected
    )
    {
        await using var shop = await OpenShopAsync();

        var rows = (await shop.AskAsync(new RowsQuestion(metric, [], 100), ShopProject.Administrator)).Answer.Table;

        var column = rows.IndexOf(measure == "amount" ? "revenue" : measure);
        var values = Enumerable.Range(0, (int)rows.RowCount).Select(row => rows.Value(row, column));
        Assert.Equal(expected, measure == "amount" ? values.Sum(value => Convert.ToDecimal(value)) : values.Count());
    }

    [Fact]
    public async Task A_number_from_several_tables_names_the_inputs_whose_rows_can_be_seen()
    {
        await using var shop = await OpenShopAsync();

        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(new RowsQuestion("revenue_per_visit", [], 100), ShopProject.Administrator)
        );

        Assert.Equal("HW4112", refused.Diagnostic.Code);
        Assert.Contains("revenue, visits", refused.Diagnostic.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_values_of_a_dimension_can_be_searched()
    {
        await using var shop = await OpenShopAsync();

        var all = await shop.AskAsync(
            new DimensionValuesQuestion("customer__name", [], null, 10),
            ShopProject.Administrator
        );
        var found = await shop.AskAsync(
            new DimensionValuesQuestion("customer__name", [], "B", 10),
            ShopProject.Administrator
        );
        var used = await shop.AskAsync(
            new DimensionValuesQuestion("customer__name", ["revenue"], "e", 10),
            ShopProject.Rep("East")
        );

        Assert.Equal("Ada; Bob; Eve", all.Text());
        Assert.Equal("Bob", found.Text());
        Assert.Equal("", used.Text());
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
