using System.Text.Json;
using Headwater.Kernel.Diagnostics;
using Headwater.Query.Reconciling;

namespace Headwater.Query.Tests;

/// <summary>Finance and sales under masks: both sides are what is seen of them, and nothing clear is told.</summary>
public class MaskedReconcileTests
{
    private const string Properties = """
        semantic_models:
          - name: finance
            model: ref('finance')
            defaults: {agg_time_dimension: booked_at}
            entities: [{name: deal, type: primary, expr: deal}, {name: customer, type: foreign, expr: customer_id}]
            dimensions: [{name: booked_at, type: time, type_params: {time_granularity: day}}]
            measures: [{name: booked, agg: sum, expr: amount}]
          - name: sales
            model: ref('sales')
            defaults: {agg_time_dimension: won_at}
            entities: [{name: deal, type: primary, expr: deal}, {name: customer, type: foreign, expr: customer_id}]
            dimensions: [{name: won_at, type: time, type_params: {time_granularity: day}}]
            measures: [{name: won, agg: sum, expr: amount}]
          - name: customers
            model: ref('customers')
            entities: [{name: customer, type: primary, expr: customer_id}]
            dimensions: [{name: name, type: categorical}]
        metrics:
          - {name: booked, type: simple, type_params: {measure: booked}}
          - {name: won, type: simple, type_params: {measure: won}}
        """;

    private const string Access = """
        roles:
          - {name: analyst, can: [view, explore]}
          - {name: keys_hashed, can: [view, explore], masks: [{column: finance.deal, with: hash}, {column: sales.deal, with: hash}]}
          - {name: a_key_hashed, can: [view, explore], masks: [{column: finance.deal, with: hash}]}
          - {name: keys_gone, can: [view, explore], masks: [{column: finance.deal, with: null}, {column: sales.deal, with: null}]}
          - {name: amount_gone, can: [view, explore], masks: [{column: finance.amount, with: redact}]}
          - {name: amount_hashed, can: [view, explore], masks: [{column: finance.amount, with: hash}]}
          - {name: names_hashed, can: [view, explore], masks: [{column: customers.name, with: hash}]}
        """;

    private const string Data = """
        CREATE SCHEMA analytics;
        CREATE TABLE analytics.finance (deal text, customer_id integer, booked_at date, amount decimal(12, 2));
        INSERT INTO analytics.finance VALUES ('D-one', 1, DATE '2025-01-05', 4711), ('D-two', 1, DATE '2025-01-06', 20), ('D-three', 2, DATE '2025-01-07', 30);
        CREATE TABLE analytics.sales (deal text, customer_id integer, won_at date, amount decimal(12, 2));
        INSERT INTO analytics.sales VALUES ('D-one', 1, DATE '2025-01-05', 4712), ('D-two', 2, DATE '2025-01-06', 20), ('D-four', 2, DATE '2025-01-07', 40);
        CREATE TABLE analytics.customers (customer_id integer, name text);
        INSERT INTO analytics.customers VALUES (1, 'Ada'), (2, 'Bob');
        """;

    private protected virtual bool OnPostgres => false;

    private Task<ShopProject> OpenAsync() =>
        ShopProject.OpenOtherAsync(Properties, Data, ["finance", "sales", "customers"], OnPostgres, Access);

    private static Principal Of(string role) =>
        new("m-" + role, role, [role], new Dictionary<string, IReadOnlyList<string>>());

    private static async Task<Reconciliation> AskAsync(ShopProject shop, string role, ReconcileRequest request) =>
        await shop.Gate.ReconcileAsync(new ReconcileInquiry(request, Of(role), QuestionPath.Api, null), default);

    private static ReconcileRequest Both => new(new MetricSide("booked"), new MetricSide("won"));

    private static string Told(Reconciliation answer) =>
        string.Join("; ", answer.Causes.Select(cause => $"{cause.Id} {cause.Amount} ({cause.Rows})"));

    [Theory]
    [InlineData("analyst", "one_side:left 30 (1); one_side:right -40 (1); value -1 (1)")]
    // Equal keys look equal.
    [InlineData("keys_hashed", "one_side:left 30 (1); one_side:right -40 (1); value -1 (1)")]
    [InlineData("a_key_hashed", "one_side:left 4761 (3); one_side:right -4772 (3)")]
    [InlineData("keys_gone", "no_key:left 4761 (1); no_key:right -4772 (1)")]
    [InlineData("amount_gone", "one_side:left 0 (1); one_side:right -40 (1); value -4732 (2)")]
    [InlineData("names_hashed", "one_side:left 30 (1); one_side:right -40 (1); value -1 (1)")]
    public async Task Both_sides_are_what_the_role_sees_of_them(string role, string told)
    {
        await using var shop = await OpenAsync();
        Assert.Equal(told, Told(await AskAsync(shop, role, Both)));
    }

    [Fact]
    public async Task A_masked_key_is_nowhere_clear()
    {
        await using var shop = await OpenAsync();
        var answer = await AskAsync(shop, "keys_hashed", Both);
        Assert.DoesNotContain("D-", JsonSerializer.Serialize(answer), StringComparison.Ordinal);
        Assert.All(
            answer.Causes.SelectMany(cause => cause.Sample),
            row => Assert.Matches("^[0-9a-f]{24}$", row.Key[0])
        );
        var inquiry = new ReconcileInquiry(Both, Of("keys_hashed"), QuestionPath.Api, null);
        var page = await shop.Gate.ReadGapAsync(inquiry, "value", 5, null, default);
        Assert.Matches("^[0-9a-f]{24}$", Assert.Single(page.Rows).Key[0]);

        // The rows of another's walk are theirs alone.
        var first = await shop.Gate.ReadGapAsync(
            new ReconcileInquiry(Both, Of("a_key_hashed"), QuestionPath.Api, null),
            "one_side:left",
            1,
            null,
            default
        );
        Assert.NotNull(first.NextCursor);
        var refused = await Assert.ThrowsAsync<DiagnosticException>(async () =>
            await shop.Gate.ReadGapAsync(
                new ReconcileInquiry(Both, Of("analyst"), QuestionPath.Api, null),
                "one_side:left",
                1,
                first.NextCursor,
                default
            )
        );
        Assert.Equal("HW5401", refused.Diagnostic.Code);
    }

    [Fact]
    public async Task A_list_of_clear_keys_does_not_find_masked_ones()
    {
        await using var shop = await OpenAsync();
        var list = new ListSide("guess.csv", ["D-one", "D-two"], ["4711", "20"]);
        var request = new ReconcileRequest(new MetricSide("booked"), list);
        Assert.Equal("one_side:left 30 (1)", Told(await AskAsync(shop, "analyst", request)));
        Assert.Equal(
            "one_side:left 4761 (3); one_side:right -4731 (2)",
            Told(await AskAsync(shop, "keys_hashed", request))
        );
    }

    [Fact]
    public async Task A_masked_amount_is_nowhere_clear()
    {
        await using var shop = await OpenAsync();
        var answer = await AskAsync(shop, "amount_gone", Both);
        Assert.Equal("0", answer.LeftTotal);
        Assert.DoesNotContain("4711", JsonSerializer.Serialize(answer), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() => AskAsync(shop, "amount_hashed", Both));
        Assert.Equal("HW5503", refused.Diagnostic.Code);
        Assert.DoesNotContain("4711", refused.Diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_masked_group_is_nowhere_clear()
    {
        await using var shop = await OpenAsync();
        var answer = await AskAsync(shop, "names_hashed", Both with { GroupBy = ["customer__name"] });
        Assert.Equal(2, answer.Groups.Count);
        Assert.All(answer.Groups, group => Assert.Matches("^[0-9a-f]{24}$", group.Group[0]));
        Assert.DoesNotContain("Ada", JsonSerializer.Serialize(answer), StringComparison.Ordinal);
    }
}

public sealed class PostgresMaskedReconcileTests : MaskedReconcileTests
{
    private protected override bool OnPostgres => true;
}
