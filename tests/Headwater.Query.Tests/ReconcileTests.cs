using System.Globalization;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Query.Reconciling;

namespace Headwater.Query.Tests;

/// <summary>Finance and sales count the same deals in tables of their own, with every difference that the product names planted.</summary>
public class ReconcileTests
{
    private const string Properties = """
        semantic_models:
          - name: finance
            model: ref('products')
            defaults: {agg_time_dimension: booked_at}
            entities: [{name: deal, type: primary, expr: deal_id}, {name: customer, type: foreign, expr: customer_id}]
            dimensions:
              - {name: booked_at, type: time, type_params: {time_granularity: day}}
              - {name: kind, type: categorical}
              - {name: currency, type: categorical}
            measures:
              - {name: booked, agg: sum, expr: amount}
              - {name: booked_deals, agg: count, expr: deal_id}
              - {name: booked_customers, agg: count_distinct, expr: customer_id}
              - {name: booked_floats, agg: sum, expr: cast(amount as double precision)}
              - {name: booked_average, agg: average, expr: amount}
          - name: sales
            model: ref('order_names')
            defaults: {agg_time_dimension: won_at}
            entities: [{name: deal, type: unique, expr: deal}, {name: customer, type: foreign, expr: customer_id}]
            primary_entity: opportunity
            dimensions:
              - {name: won_at, type: time, type_params: {time_granularity: day}}
              - {name: state, type: categorical}
              - {name: money, type: categorical}
            measures:
              - {name: won, agg: sum, expr: value}
              - {name: won_deals, agg: count, expr: deal}
              - {name: won_customers, agg: count_distinct, expr: customer_id}
          - name: shelves
            model: ref('customers')
            defaults: {agg_time_dimension: seen_at}
            entities: [{name: shelf, type: primary, expr: customer_id}]
            dimensions: [{name: seen_at, type: time, expr: "date '2025-01-09'", type_params: {time_granularity: day}}]
            measures: [{name: shelved, agg: count, expr: customer_id}]
        metrics:
          - {name: shelved, type: simple, type_params: {measure: shelved}}
          - name: booked
            type: simple
            type_params: {measure: booked}
            filter: "{{ Dimension('deal__kind') }} = 'invoice'"
            meta: {currency: deal__currency}
          - {name: booked_deals, type: simple, type_params: {measure: booked_deals}, filter: "{{ Dimension('deal__kind') }} = 'invoice'"}
          - {name: booked_customers, type: simple, type_params: {measure: booked_customers}, filter: "{{ Dimension('deal__kind') }} = 'invoice'"}
          - {name: booked_floats, type: simple, type_params: {measure: booked_floats}, meta: {decimals: 1}}
          - {name: booked_average, type: simple, type_params: {measure: booked_average}}
          - name: won
            type: simple
            type_params: {measure: won}
            filter: "{{ Dimension('opportunity__state') }} = 'won'"
            meta: {currency: opportunity__money}
          - {name: won_deals, type: simple, type_params: {measure: won_deals}, filter: "{{ Dimension('opportunity__state') }} = 'won'"}
          - {name: won_customers, type: simple, type_params: {measure: won_customers}, filter: "{{ Dimension('opportunity__state') }} = 'won'"}
          - {name: booked_per_deal, type: ratio, type_params: {numerator: booked, denominator: booked_deals}}
        """;

    private static readonly TimeBounds January = new(new DateTime(2025, 1, 1), new DateTime(2025, 1, 31));

    private protected virtual bool OnPostgres => false;

    private async Task<ShopProject> OpenShopAsync(
        string finance = "",
        string sales = "",
        string amount = "decimal(12, 2)",
        string value = "decimal(12, 4)"
    )
    {
        var shop = await ShopProject.OpenWithAsync(Properties, OnPostgres);
        await shop.ChangeAsync(
            $"""
            DROP VIEW analytics.order_names;
            DROP TABLE analytics.products;
            CREATE TABLE analytics.products (deal_id integer, customer_id integer, booked_at date, kind text, currency text, amount {amount});
            CREATE TABLE analytics.order_names (deal integer, customer_id integer, won_at date, state text, money text, value {value});
            {(finance.Length == 0 ? "" : $"INSERT INTO analytics.products VALUES {finance};")}
            {(sales.Length == 0 ? "" : $"INSERT INTO analytics.order_names VALUES {sales};")}
            """,
            "products"
        );
        await shop.PublishAsync();
        return shop;
    }

    private static async Task<Reconciliation> ReconcileAsync(
        ShopProject shop,
        ReconcileRequest request,
        Principal? principal = null
    ) =>
        await shop.Gate.ReconcileAsync(
            new ReconcileInquiry(request, principal ?? ShopProject.Administrator, QuestionPath.Api, null),
            default
        );

    private static ReconcileRequest BookedAndWon =>
        new(new MetricSide("booked"), new MetricSide("won")) { Time = January };

    private static string Told(Reconciliation answer) =>
        string.Join("; ", answer.Causes.Select(cause => $"{cause.Id} {cause.Amount} ({cause.Rows})"));

    private static async Task<Diagnostic> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<DiagnosticException>(work)).Diagnostic;

    [Fact]
    public async Task Each_planted_difference_is_found_as_its_own_cause()
    {
        await using var shop = await OpenShopAsync(
            """
            (1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 1, '2025-01-05', 'invoice', 'EUR', 7), (3, 1, '2025-01-06', 'invoice', 'EUR', 30),
            (4, 1, '2025-01-07', 'credit', 'EUR', 40), (5, 1, '2025-01-31', 'invoice', 'EUR', 50), (6, 2, '2025-01-08', 'invoice', 'USD', 60),
            (7, 2, '2025-01-09', 'invoice', 'EUR', 70), (8, 2, '2025-01-09', 'invoice', 'EUR', 80), (9, 2, '2025-01-09', 'invoice', 'EUR', 10.01),
            (NULL, 2, '2025-01-10', 'invoice', 'EUR', 3), (11, 2, '2024-12-31', 'invoice', 'EUR', 11)
            """,
            """
            (1, 1, '2025-01-05', 'won', 'EUR', 100), (3, 1, '2025-01-06', 'lost', 'EUR', 30), (4, 1, '2025-01-07', 'won', 'EUR', 40),
            (5, 1, '2025-02-01', 'won', 'EUR', 50), (6, 2, '2025-01-08', 'won', 'EUR', 55), (7, 2, '2025-01-09', 'won', 'EUR', 70),
            (7, 2, '2025-01-09', 'won', 'EUR', 70), (8, 2, '2025-01-09', 'won', 'EUR', 82), (9, 2, '2025-01-09', 'won', 'EUR', 10.0142),
            (10, 2, '2025-01-09', 'won', 'EUR', 9), (NULL, 2, '2025-01-10', 'won', 'EUR', 4), (11, 2, '2025-01-01', 'won', 'EUR', 11)
            """
        );
        var answer = await ReconcileAsync(shop, BookedAndWon);

        Assert.Equal(("410.01", "451.0142", "-41.0042"), (answer.LeftTotal, answer.RightTotal, answer.Gap));
        Assert.Equal(
            "no_key:left 3 (1); no_key:right -4 (1); one_side:left 7 (1); one_side:right -9 (1); filter:left:1 -40 (1); filter:right:1 30 (1); "
                + "date:left -11 (1); date:right 50 (1); currency 5 (1); join -70 (1); value -2 (1); rounding -0.0042 (1)",
            Told(answer)
        );
        Assert.Equal(1, answer.Agreeing);
        Assert.Equal(["deal"], answer.MatchedBy);
        var filter = answer.Causes.Single(cause => cause.Id == "filter:right:1");
        Assert.Equal("opportunity__state = 'won'", filter.Filter);
        Assert.Equal("3", Assert.Single(filter.Sample[0].Key));
        var join = answer.Causes.Single(cause => cause.Kind == GapKind.Join);
        Assert.Equal((1L, 2L, "140"), (join.LeftRows, join.RightRows, join.Sample[0].Right.Split('.')[0]));
        Assert.StartsWith("gap of booked", shop.Audit.Records[^1].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("booked", "won")]
    [InlineData("booked_deals", "won_deals")]
    [InlineData("booked_customers", "won_customers")]
    public async Task The_totals_are_those_of_the_metrics_and_the_causes_add_up(string left, string right)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var (finance, sales, _) = Planted(seed, 200);
            await using var shop = await OpenShopAsync(finance, sales);
            var answer = await ReconcileAsync(
                shop,
                new ReconcileRequest(new MetricSide(left), new MetricSide(right)) { Time = January }
            );
            foreach (var (metric, total) in ((string, string)[])[(left, answer.LeftTotal), (right, answer.RightTotal)])
            {
                var request = new MetricRequest([metric], [], [], [], null) { Time = January };
                var value = (
                    await shop.AskAsync(new MetricQuestion(request), ShopProject.Administrator)
                ).Answer.Table.Value(0, 0);
                Assert.Equal(Convert.ToDecimal(value ?? 0m, CultureInfo.InvariantCulture), Number(total));
            }

            Assert.Equal(Number(answer.Gap), answer.Causes.Sum(cause => Number(cause.Amount)));
            Assert.Equal(Number(answer.LeftTotal) - Number(answer.RightTotal), Number(answer.Gap));
        }
    }

    [Fact]
    public async Task What_is_planted_in_generated_tables_is_what_is_found()
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var (finance, sales, planted) = Planted(seed, 400);
            await using var shop = await OpenShopAsync(finance, sales);
            var answer = await ReconcileAsync(shop, BookedAndWon);
            Assert.Equal(
                planted
                    .Select(item => $"{item.Key} {item.Value.Amount:0.####} ({item.Value.Rows})")
                    .Order(StringComparer.Ordinal),
                answer
                    .Causes.Select(cause => $"{cause.Id} {Number(cause.Amount):0.####} ({cause.Rows})")
                    .Order(StringComparer.Ordinal)
            );

            // The rows of each cause, page by page, are as many and add up to as much.
            foreach (var cause in answer.Causes)
            {
                var rows = await WalkAsync(shop, BookedAndWon, cause.Id, 7, ShopProject.Administrator);
                Assert.Equal(cause.Rows, rows.Count);
                Assert.Equal(Number(cause.Amount), rows.Sum(row => Number(row.Difference)));
                Assert.Equal(rows.Count, rows.Select(row => row.Key[0]).Distinct().Count());
            }
        }
    }

    [Fact]
    public async Task Groups_have_causes_that_add_up_to_their_gaps_and_to_those_of_the_whole()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var (finance, sales, _) = Planted(seed, 200);
            await using var shop = await OpenShopAsync(finance, sales);
            foreach (
                var groupBy in (string[][])
                    [
                        ["metric_time__month"],
                        ["customer__region"],
                        ["customer__region", "metric_time__week"],
                    ]
            )
            {
                var answer = await ReconcileAsync(shop, BookedAndWon with { GroupBy = groupBy });
                foreach (var group in answer.Groups)
                {
                    Assert.Equal(Number(group.Gap), group.Causes.Values.Sum(Number));
                    Assert.Equal(Number(group.Left) - Number(group.Right), Number(group.Gap));
                }

                Assert.Equal(Number(answer.Gap), answer.Groups.Sum(group => Number(group.Gap)));
                foreach (var cause in answer.Causes)
                {
                    Assert.Equal(
                        Number(cause.Amount),
                        answer.Groups.Sum(group => Number(group.Causes.GetValueOrDefault(cause.Id, "0")))
                    );
                }
            }
        }
    }

    [Fact]
    public async Task A_row_in_another_group_is_a_cause_and_one_without_partner_a_join()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 1, '2025-01-05', 'invoice', 'EUR', 10)",
            "(1, 2, '2025-01-05', 'won', 'EUR', 100), (2, 99, '2025-01-05', 'won', 'EUR', 10)"
        );
        var answer = await ReconcileAsync(shop, BookedAndWon with { GroupBy = ["customer__region"] });
        Assert.Equal("join 0 (1); group 0 (1)", Told(answer));
        Assert.Equal(
            "East 110 0; West 0 100; - 0 10",
            string.Join(
                "; ",
                answer.Groups.Select(group => $"{group.Group[0] ?? "-"} {Number(group.Left):0} {Number(group.Right):0}")
            )
        );
    }

    [Fact]
    public async Task Cells_are_compared_where_rows_cannot_be_matched()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, NULL, '2025-01-05', 'invoice', 'EUR', 10)",
            "(1, 2, '2025-01-05', 'won', 'EUR', 100), (2, NULL, '2025-01-05', 'won', 'EUR', 12)"
        );
        var refused = await RefusalAsync(() =>
            ReconcileAsync(shop, new(new MetricSide("booked"), new MetricSide("shelved")))
        );
        Assert.Equal("HW5501", refused.Code);
        Assert.Equal(["metric_time__month"], refused.Candidates);
        var months = await ReconcileAsync(
            shop,
            new(new MetricSide("booked"), new MetricSide("shelved")) { By = ["metric_time__month"] }
        );
        Assert.Equal("value 107 (1)", Told(months));
        var answer = await ReconcileAsync(shop, BookedAndWon with { By = ["customer__region"] });
        Assert.Equal("one_side:left 100 (1); one_side:right -100 (1); value -2 (1)", Told(answer));
        Assert.Equal([null], answer.Causes[^1].Sample[0].Key);
    }

    [Fact]
    public async Task A_list_is_compared_with_a_metric()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 1, '2025-01-05', 'invoice', 'EUR', 1234.5), (3, 1, '2025-01-05', 'credit', 'EUR', 5)"
        );
        var list = new ListSide(
            "january.csv",
            ["1", " 2 ", "3", "4", "", null],
            ["100.0", "1,234.50", "5", "8e0", "2", ""]
        );
        var answer = await ReconcileAsync(shop, new(new MetricSide("booked"), list));
        Assert.Equal(("1334.5", "1349.5"), (answer.LeftTotal, answer.RightTotal));
        Assert.Equal("no_key:right -2 (1); one_side:right -8 (1); filter:left:1 -5 (1)", Told(answer));
    }

    [Fact]
    public async Task Keys_that_are_numbers_on_both_sides_are_compared_as_numbers()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 10), (2, 1, '2025-01-05', 'invoice', 'EUR', 20), (1000, 1, '2025-01-05', 'invoice', 'EUR', 30)"
        );
        var list = new ListSide("x.csv", ["1.0", "002", "1,000.00", "1e3", "two"], ["10", "20", "30", "0", "5"]);
        var answer = await ReconcileAsync(shop, new(new MetricSide("booked"), list));
        Assert.Equal("one_side:right -5 (1)", Told(answer));
        Assert.Equal("two", answer.Causes[0].Sample[0].Key[0]);

        await shop.ChangeAsync(
            """
            DROP TABLE analytics.order_names;
            CREATE TABLE analytics.order_names (deal decimal(10, 2), customer_id integer, won_at date, state text, money text, value decimal(12, 2));
            INSERT INTO analytics.order_names VALUES (1, 1, '2025-01-05', 'won', 'EUR', 10), (2, 1, '2025-01-05', 'won', 'EUR', 20), (1000, 1, '2025-01-05', 'won', 'EUR', 31), (2.5, 1, '2025-01-05', 'won', 'EUR', 1)
            """,
            "order_names"
        );
        var metrics = await ReconcileAsync(shop, BookedAndWon);
        Assert.Equal("one_side:right -1 (1); value -1 (1)", Told(metrics));
        Assert.Equal(["2.5", "1000"], metrics.Causes.Select(cause => cause.Sample[0].Key[0]));
    }

    [Fact]
    public async Task A_row_that_a_filter_leaves_out_for_want_of_a_partner_is_a_join()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 1, '2025-01-05', 'invoice', 'EUR', 10), (3, 1, '2025-01-05', 'invoice', 'EUR', 7), (4, 2, '2025-01-05', 'invoice', 'EUR', 9)",
            "(1, 99, '2025-01-05', 'won', 'EUR', 100), (2, 2, '2025-01-05', 'won', 'EUR', 10), (3, NULL, '2025-01-05', 'won', 'EUR', 7), (4, 99, '2025-01-05', 'won', 'EUR', 9)"
        );
        var request = BookedAndWon with { Where = ["customer__region = 'East'"] };
        var answer = await ReconcileAsync(shop, request);
        Assert.Equal("filter:right:2 10 (1); join:right:2 107 (2)", Told(answer));
        var join = answer.Causes[1];
        Assert.Equal((GapKind.Join, GapSide.Right, "region is 'East'"), (join.Kind, join.Side, join.Filter));
        Assert.Contains("its join finds no row", join.Text, StringComparison.Ordinal);
        var rows = await WalkAsync(shop, request, join.Id, 1, ShopProject.Administrator);
        Assert.Equal(["1", "3"], rows.Select(row => row.Key[0]));
    }

    [Theory]
    [InlineData("abc", "HW5503")]
    [InlineData("1,23", "HW5503")]
    [InlineData("1.2.3", "HW5503")]
    [InlineData("--1", "HW5503")]
    [InlineData(".", "HW5503")]
    [InlineData("-", "HW5503")]
    [InlineData("NaN", "HW5503")]
    [InlineData("=1+1", "HW5503")]
    [InlineData("1e400", "HW5504")]
    [InlineData("1e99999999999", "HW5503")]
    [InlineData("123456789012345678901234567890123456789", "HW5504")]
    public async Task What_is_no_number_is_refused(string text, string code)
    {
        await using var shop = await OpenShopAsync();
        var list = new ListSide("x.csv", ["1", "2"], ["1", text]);
        var refused = await RefusalAsync(() => ReconcileAsync(shop, new(new MetricSide("booked"), list)));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Numbers_that_do_not_fit_together_are_refused_and_not_rounded()
    {
        if (OnPostgres)
        {
            // Its numbers have as many digits as they need.
            return;
        }

        await using var shop = await OpenShopAsync("(1, 1, '2025-01-05', 'invoice', 'EUR', 1)");
        var list = new ListSide("x.csv", ["1", "2"], ["12345678901234567890123456789012345", "0.123456789"]);
        var refused = await RefusalAsync(() => ReconcileAsync(shop, new(new MetricSide("booked"), list)));
        Assert.Equal("HW5504", refused.Code);
    }

    [Fact]
    public async Task Nothing_on_both_sides_has_no_gap()
    {
        await using var shop = await OpenShopAsync();
        var answer = await ReconcileAsync(shop, BookedAndWon);
        Assert.Equal(("0", "0", "0", ""), (answer.LeftTotal, answer.RightTotal, answer.Gap, Told(answer)));
        Assert.Equal(
            "0",
            (await ReconcileAsync(shop, new(new MetricSide("booked"), new ListSide("empty", [], [])))).Gap
        );
    }

    [Fact]
    public async Task Floating_point_numbers_are_taken_to_the_declared_decimals_and_what_that_loses_is_rounding()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 0.14), (2, 1, '2025-01-05', 'invoice', 'EUR', 0.14), (3, 1, '2025-01-05', 'invoice', 'EUR', 5)"
        );
        var answer = await ReconcileAsync(
            shop,
            new(new MetricSide("booked_floats"), new ListSide("list", ["1", "2", "3"], ["0.1", "0.1", "4"]))
        );
        // 0.1 + 0.1 + 5 are compared; the metric itself shows 5.28.
        Assert.Equal(("5.28", "4.2", "1.08"), (answer.LeftTotal, answer.RightTotal, answer.Gap));
        Assert.Equal("value 1 (1); rounding 0.08 (0)", Told(answer));
    }

    [Theory]
    [InlineData("booked_average", "HW4130")]
    [InlineData("booked_per_deal", "HW4130")]
    [InlineData("bookd", "HW4101")]
    public async Task What_does_not_add_up_is_refused_with_what_would_be_possible(string metric, string code)
    {
        await using var shop = await OpenShopAsync();
        var refused = await RefusalAsync(() =>
            ReconcileAsync(shop, new(new MetricSide(metric), new MetricSide("won")))
        );
        Assert.Equal(code, refused.Code);
        Assert.NotNull(refused.Hint);
        if (metric == "booked_per_deal")
        {
            Assert.Equal(["booked", "booked_deals"], refused.Candidates);
        }
    }

    [Fact]
    public async Task Who_is_under_rules_reconciles_their_own_rows()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 2, '2025-01-05', 'invoice', 'EUR', 7), (3, 2, '2025-01-05', 'invoice', 'EUR', 9)",
            "(1, 1, '2025-01-05', 'won', 'EUR', 90), (2, 1, '2025-01-05', 'won', 'EUR', 7)"
        );
        var answer = await ReconcileAsync(shop, BookedAndWon, ShopProject.Rep("East"));
        Assert.Equal(("100", "97"), (answer.LeftTotal, answer.RightTotal));
        // The second deal is in finance too, but not for this asker.
        Assert.Equal("one_side:right -7 (1); value 10 (1)", Told(answer));
        Assert.Equal("HW5001", (await RefusalAsync(() => ReconcileAsync(shop, BookedAndWon, ShopProject.Viewer))).Code);
        var all = await ReconcileAsync(shop, BookedAndWon);
        Assert.NotEqual(answer.Gap, all.Gap);
    }

    [Fact]
    public async Task A_query_is_asked_as_any_other_of_the_asker()
    {
        await using var shop = await OpenShopAsync(
            "(1, 1, '2025-01-05', 'invoice', 'EUR', 100), (2, 1, '2025-01-05', 'invoice', 'EUR', 7)"
        );
        var side = new SqlSide("select order_id, amount + 90 as amount from analytics.orders", "order_id", "amount");
        if (OnPostgres)
        {
            Assert.Equal(
                "HW5114",
                (await RefusalAsync(() => ReconcileAsync(shop, new(new MetricSide("booked"), side)))).Code
            );
            return;
        }

        // Orders 1 to 5: 10, 20, 40, 80, 160.
        var answer = await ReconcileAsync(shop, new(new MetricSide("booked"), side));
        Assert.Equal(("107", "760"), (answer.LeftTotal, answer.RightTotal));
        Assert.Equal("one_side:right -550 (3); value -103 (1)", Told(answer));
        var rep = await ReconcileAsync(shop, new(new MetricSide("booked"), side), ShopProject.Rep("East"));
        Assert.Equal("210", rep.RightTotal);
        foreach (
            var (sql, code) in ((string, string)[])
                [
                    ("select * from private.secrets", "HW5107"),
                    ("select order_id from analytics.orders", "HW5508"),
                    ("drop table analytics.orders", "HW5103"),
                ]
        )
        {
            Assert.Equal(
                code,
                (
                    await RefusalAsync(() =>
                        ReconcileAsync(shop, new(new MetricSide("booked"), side with { Sql = sql }))
                    )
                ).Code
            );
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("filter:middle")]
    [InlineData("nothing")]
    [InlineData("filter:left:1:2")]
    [InlineData("filter:left:-1")]
    [InlineData("equal")]
    [InlineData("value' or true --")]
    public async Task Rows_of_what_is_no_cause_are_refused(string cause)
    {
        await using var shop = await OpenShopAsync();
        Assert.Equal(
            "HW5507",
            (await RefusalAsync(() => WalkAsync(shop, BookedAndWon, cause, 5, ShopProject.Administrator))).Code
        );
    }

    [Fact]
    public async Task Pages_of_rows_end_when_the_data_changes()
    {
        var (finance, sales, _) = Planted(1, 300);
        await using var shop = await OpenShopAsync(finance, sales);
        var inquiry = new ReconcileInquiry(BookedAndWon, ShopProject.Administrator, QuestionPath.Api, null);
        var first = await shop.Gate.ReadGapAsync(inquiry, "one_side:left", 2, null, default);
        await shop.ChangeAsync("UPDATE analytics.products SET amount = amount + 1", "products");
        var refused = await RefusalAsync(async () =>
            await shop.Gate.ReadGapAsync(inquiry, "one_side:left", 2, first.NextCursor, default)
        );
        Assert.Equal("HW5402", refused.Code);
    }

    [Fact]
    public async Task Many_rows_are_compared_in_the_database()
    {
        var rows = OnPostgres ? 50_000 : 200_000;
        await using var shop = await OpenShopAsync(value: "decimal(12, 2)");
        await shop.ChangeAsync(
            $"""
            INSERT INTO analytics.products SELECT i, i % 4, date '2025-01-05', 'invoice', 'EUR', i % 1000 FROM generate_series(1, {rows}) AS s(i);
            INSERT INTO analytics.order_names SELECT i, i % 4, date '2025-01-05', 'won', 'EUR', i % 1000 + case when i % 100 = 0 then 1 else 0 end FROM generate_series(11, {rows}) AS s(i)
            """,
            "products"
        );
        var answer = await ReconcileAsync(shop, BookedAndWon);
        Assert.Equal($"one_side:left 55 (10); value -{rows / 100} ({rows / 100})", Told(answer));
        Assert.Equal(rows - 10 - rows / 100, answer.Agreeing);

        var keys = Enumerable.Range(1, rows).Select(i => (string?)i.ToString(CultureInfo.InvariantCulture)).ToList();
        var list = new ListSide("list.csv", keys, [.. Enumerable.Repeat((string?)"1", rows)]);
        var listed = await ReconcileAsync(shop, new(new MetricSide("booked"), list) { Time = January });
        Assert.Equal(rows.ToString(CultureInfo.InvariantCulture), listed.RightTotal);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<List<GapRow>> WalkAsync(
        ShopProject shop,
        ReconcileRequest request,
        string cause,
        int size,
        Principal principal
    )
    {
        var inquiry = new ReconcileInquiry(request, principal, QuestionPath.Api, null);
        var rows = new List<GapRow>();
        string? cursor = null;
        do
        {
            var page = await shop.Gate.ReadGapAsync(inquiry, cause, size, cursor, default);
            rows.AddRange(page.Rows);
            cursor = page.NextCursor;
        } while (cursor is not null);

        return rows;
    }

    // Deals of which each is planted one difference; what is planted is kept as it should be found.
    private static (string Finance, string Sales, Dictionary<string, (decimal Amount, long Rows)> Planted) Planted(
        int seed,
        int deals
    )
    {
        var random = new Random(seed);
        var finance = new StringBuilder();
        var sales = new StringBuilder();
        var planted = new Dictionary<string, (decimal Amount, long Rows)>();
        for (var deal = 1; deal <= deals; deal++)
        {
            var customer = random.Next(1, 5) is var drawn and < 4
                ? drawn.ToString(CultureInfo.InvariantCulture)
                : "NULL";
            var amount = random.Next(-5_000, 100_000) / 100m;
            var day = $"'2025-01-{random.Next(1, 32):00}'";
            switch (random.Next(13))
            {
                case 0:
                    Finance(amount);
                    Plant("one_side:left", amount);
                    break;
                case 1:
                    Sales(amount);
                    Plant("one_side:right", -amount);
                    break;
                case 2:
                    Finance(amount);
                    Sales(amount, state: "lost");
                    Plant("filter:right:1", amount);
                    break;
                case 3:
                    Finance(amount, kind: "credit");
                    Sales(amount);
                    Plant("filter:left:1", -amount);
                    break;
                case 4:
                    Finance(amount);
                    Sales(amount, at: "'2025-02-03'");
                    Plant("date:right", amount);
                    break;
                case 5:
                    Finance(amount, at: "'2024-12-31'");
                    Sales(amount);
                    Plant("date:left", -amount);
                    break;
                case 6:
                    Finance(amount);
                    Sales(amount + 10, money: "USD");
                    Plant("currency", -10);
                    break;
                case 7:
                    Finance(Math.Abs(amount) + 1);
                    Sales(Math.Abs(amount) + 1);
                    Sales(Math.Abs(amount) + 1);
                    Plant("join", -Math.Abs(amount) - 1);
                    break;
                case 8:
                    Finance(amount);
                    Sales(amount + 1.5m);
                    Plant("value", -1.5m);
                    break;
                case 9:
                    var dust = random.Next(1, 50) / 10_000m;
                    Finance(amount);
                    Sales(amount + dust);
                    Plant("rounding", -dust);
                    break;
                case 10:
                    // Nowhere counted: no difference.
                    Finance(amount, kind: "credit");
                    Sales(amount, state: "lost");
                    break;
                case 11:
                    // Without a key all are one row.
                    Finance(amount, id: "NULL");
                    Plant("no_key:left", amount, isOne: true);
                    break;
                default:
                    Finance(amount);
                    Sales(amount);
                    break;
            }

            void Finance(decimal value, string kind = "invoice", string? at = null, string? id = null) =>
                Row(
                    finance,
                    $"({id ?? deal.ToString(CultureInfo.InvariantCulture)}, {customer}, {at ?? day}, '{kind}', 'EUR', {value.ToString(CultureInfo.InvariantCulture)})"
                );

            void Sales(decimal value, string state = "won", string money = "EUR", string? at = null) =>
                Row(
                    sales,
                    $"({deal.ToString(CultureInfo.InvariantCulture)}, {customer}, {at ?? day}, '{state}', '{money}', {value.ToString(CultureInfo.InvariantCulture)})"
                );
        }

        return (finance.ToString(), sales.ToString(), planted);

        void Plant(string cause, decimal amount, bool isOne = false)
        {
            var known = planted.GetValueOrDefault(cause);
            planted[cause] = (known.Amount + amount, isOne ? 1 : known.Rows + 1);
        }

        static void Row(StringBuilder rows, string row) => rows.Append(rows.Length == 0 ? "" : ", ").Append(row);
    }
}

public sealed class PostgresReconcileTests : ReconcileTests
{
    private protected override bool OnPostgres => true;
}
