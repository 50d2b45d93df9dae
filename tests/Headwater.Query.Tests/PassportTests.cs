using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Query.Passports;

namespace Headwater.Query.Tests;

public class PassportTests
{
    private protected virtual Task<ShopProject> OpenShopAsync() => ShopProject.OpenAsync();

    private static async Task<Passport> IssueAsync(
        ShopProject shop,
        Principal principal,
        string metric,
        string[]? groupBy = null,
        string[]? where = null
    ) =>
        await shop.Gate.IssuePassportAsync(
            new PassportInquiry(
                new MetricRequest([metric], groupBy ?? [], where ?? [], [], null),
                principal,
                QuestionPath.Api,
                null
            ),
            default
        );

    private static async Task<Diagnostic> RefusalAsync(ShopProject shop, Principal principal, string metric) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => IssueAsync(shop, principal, metric))).Diagnostic;

    [Fact]
    public async Task A_passport_tells_the_definition_the_plan_and_the_tables()
    {
        await using var shop = await OpenShopAsync();
        var passport = await IssueAsync(
            shop,
            ShopProject.Administrator,
            "paid_share",
            ["metric_time__month", "customer__region"],
            ["customer__region <> 'West'"]
        );

        Assert.Equal(["paid_share", "paid_orders", "orders"], passport.Metrics.Select(metric => metric.Name));
        Assert.Equal(
            """
            name: paid_share
            type: ratio
            type_params:
              numerator: paid_orders
              denominator: orders
            """.ReplaceLineEndings("\n"),
            passport.Metrics[0].Written
        );
        Assert.Equal("models/shop.yml", passport.Metrics[0].Location.File);
        Assert.Equal(
            [
                "Counts order_id where it is not empty (only where status is 'paid') and counts order_id where it is not empty of orders, "
                    + "joined to customers by customer_id (each row has at most one, and stays without), where region is not 'West', by month of ordered_at and region.",
                "Computes paid_share: the count of order_id (only where status is 'paid'), divided by the count of order_id (nothing where that is 0).",
            ],
            passport.Plan
        );
        Assert.Equal(
            "analytics.customers: customer_id, region; analytics.orders: customer_id, order_id, ordered_at, status",
            string.Join(
                "; ",
                passport.Relations.Select(relation =>
                    $"{relation.Name}: {string.Join(", ", relation.Columns.Select(column => column.Name))}"
                )
            )
        );
        Assert.All(passport.Relations, relation => Assert.Equal(DateTimeOffset.UnixEpoch, relation.ChangedAt));
        Assert.Equal(
            "passport of metrics paid_share by metric_time__month, customer__region where 26:customer__region <> 'West'",
            shop.Audit.Records[^1].What
        );
    }

    [Fact]
    public async Task The_sql_and_the_plan_are_those_that_the_asker_would_get()
    {
        await using var shop = await OpenShopAsync();
        var passport = await IssueAsync(shop, ShopProject.Rep("East"), "revenue");

        Assert.Contains("customers", passport.Sql, StringComparison.Ordinal);
        Assert.Contains("region is 'East' (all that your access shows)", passport.Plan[0], StringComparison.Ordinal);
        Assert.False(passport.SeesEveryRow);
    }

    [Fact]
    public async Task A_masked_column_is_told_and_its_values_are_nowhere()
    {
        await using var shop = await OpenShopAsync();
        var clerk = new Principal("cleo", "Cleo", ["clerk"], new Dictionary<string, IReadOnlyList<string>>());
        var passport = await IssueAsync(shop, clerk, "revenue", ["customer__name"]);
        Assert.Equal(
            [
                "amount of orders is masked for you: the numbers are of what you see of it.",
                "name of customers is masked for you: the numbers are of what you see of it.",
            ],
            passport.Plan.Where(step => step.Contains("masked", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["customers.name", "orders.amount"],
            passport
                .Relations.SelectMany(relation =>
                    relation
                        .Columns.Where(column => column.IsMasked)
                        .Select(column => $"{relation.Name.Name}.{column.Name}")
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("Ada", System.Text.Json.JsonSerializer.Serialize(passport), StringComparison.Ordinal);
        var all = await IssueAsync(shop, ShopProject.Administrator, "revenue", ["customer__name"]);
        Assert.DoesNotContain(all.Plan, step => step.Contains("masked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_depends_on_its_time_is_told_by_its_days()
    {
        await using var shop = await ShopProject.OpenWithAsync(
            """
            metrics:
              - {name: revenue_before, type: derived, type_params: {expr: r, metrics: [{name: revenue, alias: r, offset_window: 1 month}]}}
            models:
              - name: order_names
                time_spine: {standard_granularity_column: day}
                columns: [{name: day, granularity: day}]
            """,
            onPostgres: false
        );
        var passport = await IssueAsync(shop, ShopProject.Administrator, "revenue_before");
        Assert.Contains("1 month earlier", string.Join(' ', passport.Plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_that_rules_hide_is_answered_as_one_that_does_not_exist()
    {
        await using var shop = await ShopProject.OpenWithAsync(
            """
            semantic_models:
              - name: stock
                model: ref('products')
                defaults: {agg_time_dimension: since}
                entities: [{name: item, type: primary, expr: product_id}]
                dimensions: [{name: since, type: time, expr: "date '2025-01-01'", type_params: {time_granularity: day}}]
                measures: [{name: stock_items, agg: count, expr: product_id}]
            metrics:
              - {name: stock_items, type: simple, type_params: {measure: stock_items}}
            """,
            onPostgres: false
        );
        Assert.Equal("stock_items", (await IssueAsync(shop, ShopProject.Administrator, "stock_items")).Metrics[0].Name);
        var hidden = await RefusalAsync(shop, ShopProject.Rep("East"), "stock_items");
        var unknown = await RefusalAsync(shop, ShopProject.Rep("East"), "stock_itemz");

        Assert.Equal("HW5130", hidden.Code);
        Assert.Equal(
            (
                unknown.Code,
                unknown.Message.Replace("stock_itemz", "stock_items", StringComparison.Ordinal),
                unknown.Hint
            ),
            (hidden.Code, hidden.Message, hidden.Hint)
        );
        Assert.Equal(unknown.Candidates, hidden.Candidates);
        Assert.DoesNotContain("stock_items", hidden.Candidates);
    }

    [Fact]
    public async Task Who_may_not_explore_gets_no_passport()
    {
        await using var shop = await OpenShopAsync();
        Assert.Equal("HW5001", (await RefusalAsync(shop, ShopProject.Viewer, "revenue")).Code);
    }

    [Fact]
    public async Task A_digest_changes_with_what_is_counted_and_with_nothing_else()
    {
        var digests = new List<string>();
        foreach (
            var metric in (string[])
                [
                    "{name: own, type: simple, type_params: {measure: revenue}}",
                    "{name: own, label: Mine, description: Told, type: simple, type_params: {measure: revenue}}",
                    "{name: own, type: simple, type_params: {measure: order_count}}",
                    "{name: own, type: simple, type_params: {measure: revenue}, filter: \"order__status = 'paid'\"}",
                ]
        )
        {
            await using var shop = await ShopProject.OpenWithAsync($"metrics:\n  - {metric}", onPostgres: false);
            digests.Add((await IssueAsync(shop, ShopProject.Administrator, "own")).Metrics[0].Digest);
        }

        Assert.Equal(digests[0], digests[1]);
        Assert.Equal(3, digests.Distinct().Count());
    }
}

public sealed class PostgresPassportTests : PassportTests
{
    private protected override Task<ShopProject> OpenShopAsync() => ShopProject.OpenOnPostgresAsync();
}
