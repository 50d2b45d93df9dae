using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

public sealed class RollupTests
{
    private const string Rollups = """
        rollups:
          - name: orders_by_month
            metrics: [revenue, orders, paid_orders]
            dimensions: [metric_time__month, customer__region, order__status]
          - name: orders_by_customer
            metrics: [revenue, orders]
            dimensions: [customer, metric_time__day]
          - name: visits_by_month
            metrics: [visits]
            dimensions: [metric_time__month, customer__region]
        """;

    private static MetricQuestion Ask(string metrics, string by = "", params string[] where) =>
        new(new MetricRequest(List(metrics), List(by), where, [], null));

    private static string[] List(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_are_those_of_the_tables(bool onPostgres)
    {
        await using var shop = await ShopProject.OpenWithAsync(Rollups, onPostgres);
        (MetricQuestion Question, string? Rollup)[] cases =
        [
            (Ask("revenue"), "orders_by_month"),
            (Ask("revenue orders", "metric_time__month"), "orders_by_month"),
            (Ask("orders", "metric_time__quarter customer__region"), "orders_by_month"),
            (Ask("revenue", "metric_time__day"), "orders_by_customer"),
            (Ask("revenue", "customer__name"), "orders_by_customer"),
            (Ask("revenue", "order__ordered_at__year"), "orders_by_month"),
            (Ask("revenue", "customer__region", "metric_time >= '2025-02-01'"), "orders_by_month"),
            (Ask("revenue", "customer__region", "metric_time >= '2025-02-11'"), "orders_by_customer"),
            (Ask("orders", "", "metric_time__month = '2025-02-01'"), "orders_by_month"),
            (Ask("orders", "", "customer__region = 'nowhere'"), "orders_by_month"),
            (Ask("revenue", "", "customer__region = 'nowhere'"), "orders_by_month"),
            (Ask("paid_orders orders paid_share", "customer__region"), "orders_by_month"),
            (Ask("paid_orders", "metric_time__month"), "orders_by_month"),
            (Ask("revenue_per_visit", "metric_time__month"), "orders_by_month"),
            (Ask("revenue_per_visit", "customer__region"), "orders_by_month"),
            (Ask("visitors", "metric_time__month"), null),
            (Ask("revenue", "order"), null),
            (Ask("paid_orders", "customer__name"), null),
            (Ask("revenue", "order__status", "metric_time >= '2025-02-11'"), null),
        ];
        foreach (var principal in (Principal[])[ShopProject.Administrator, ShopProject.Rep("East"), ShopProject.Rep()])
        {
            await shop.PublishAsync();
            var before = new List<string>();
            foreach (var (question, _) in cases)
            {
                before.Add((await shop.AskAsync(question, principal)).Text());
            }

            await shop.BuildAsync();
            foreach (var ((question, rollup), expected) in cases.Zip(before))
            {
                var answer = await shop.AskAsync(question, principal);
                Assert.Equal(expected, answer.Text());
                var used = answer.Answer.Rollups.FirstOrDefault(decision => decision.IsUsed)?.Rollup;
                Assert.True(rollup == used, $"{question}: {string.Join("; ", answer.Answer.Rollups)}");
                Assert.Equal(rollup is not null, answer.Answer.Sql.Contains("rollup__", StringComparison.Ordinal));
            }

            await shop.ForgetAsync();
        }
    }
}
