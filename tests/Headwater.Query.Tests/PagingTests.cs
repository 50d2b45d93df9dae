using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

public class PagingTests
{
    private static readonly MetricRequest ByCustomer = new(
        ["revenue", "orders"],
        ["customer", "metric_time__month"],
        [],
        ["-revenue"],
        null
    );

    private protected virtual bool OnPostgres => false;

    private Task<ShopProject> OpenShopAsync() =>
        OnPostgres ? ShopProject.OpenOnPostgresAsync() : ShopProject.OpenAsync();

    private static IEnumerable<string> RowsOf(Reply reply)
    {
        var table = reply.Answer.Table;
        for (long row = 0; row < table.RowCount; row++)
        {
            yield return string.Join(
                '|',
                table.Columns.Select(
                    (_, column) =>
                        Convert.ToString(table.Value(row, column), System.Globalization.CultureInfo.InvariantCulture)
                )
            );
        }
    }

    private static async Task<(List<string> Rows, int Pages)> WalkAsync(
        ShopProject shop,
        Question question,
        int size,
        Principal principal
    )
    {
        var rows = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var reply = await shop.AskAsync(new PageQuestion(question, size, cursor), principal);
            Assert.True(reply.Answer.Table.RowCount <= size);
            rows.AddRange(RowsOf(reply));
            cursor = reply.Answer.NextCursor;
            pages++;
            Assert.True(pages < 1000);
        } while (cursor is not null);

        return (rows, pages);
    }

    private static async Task<string> CodeAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<DiagnosticException>(work)).Diagnostic.Code;

    // Every kind of value, each often empty and often equal, so that ties and empties fall on the ends of pages.
    private static async Task FillAsync(ShopProject shop, int seed)
    {
        // Chosen once, not drawn each time: a failure must come again.
        var random = new Random(seed);
        var rows = new StringBuilder();
        for (var id = 10; id < 130; id++)
        {
            string Maybe(string value) => random.Next(5) == 0 ? "NULL" : value;
            rows.Append(rows.Length == 0 ? "" : ", ")
                .Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"({id}, {Maybe(random.Next(1, 5).ToString(System.Globalization.CultureInfo.InvariantCulture))}, {Maybe($"DATE '2025-0{random.Next(1, 5)}-1{random.Next(0, 9)}'")}, {Maybe($"'{"aÄ'\" ~"[random.Next(6)]}'".Replace("'''", "''''", StringComparison.Ordinal))}, {Maybe($"{random.Next(-3, 4)}.5")})"
                );
        }

        await shop.ChangeAsync($"INSERT INTO analytics.orders VALUES {rows}", "orders");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Walking_all_pages_gives_the_rows_of_the_whole_answer_in_its_order(int seed)
    {
        await using var shop = await OpenShopAsync();
        await FillAsync(shop, seed);
        string[][] dimensions =
        [
            ["customer"],
            ["order__status", "metric_time__day"],
            ["metric_time__month", "customer__region", "order__status"],
            ["order"],
        ];
        string[][] metrics =
        [
            ["revenue"],
            ["revenue", "paid_share"],
            [],
        ];
        var random = new Random(seed);
        foreach (var groupBy in dimensions)
        {
            foreach (var asked in metrics)
            {
                // Without metrics only what one table has can be asked for.
                if (asked.Length == 0 && groupBy.Contains("metric_time__day"))
                {
                    continue;
                }

                var columns = groupBy.Concat(asked).ToList();
                var order = columns
                    .Where(_ => random.Next(2) == 0)
                    .OrderBy(_ => random.Next())
                    .Select(column => (random.Next(2) == 0 ? "-" : "") + column)
                    .ToList();
                int? limit = random.Next(3) == 0 ? 7 : null;
                var request = new MetricRequest(
                    asked,
                    asked.Length == 0
                        ? [.. groupBy.Where(name => !name.StartsWith("metric_time", StringComparison.Ordinal))]
                        : groupBy,
                    [],
                    asked.Length == 0
                        ? [.. order.Where(name => !name.Contains("metric_time", StringComparison.Ordinal))]
                        : order,
                    limit
                );
                foreach (var principal in (Principal[])[ShopProject.Administrator, ShopProject.Rep("East")])
                {
                    var whole = await shop.AskAsync(new MetricQuestion(request), principal);
                    foreach (var size in (int[])[1, 3, 50, 10_000])
                    {
                        if (size == 1 && whole.Answer.Table.RowCount > 40)
                        {
                            continue;
                        }

                        var (rows, pages) = await WalkAsync(shop, new MetricQuestion(request), size, principal);
                        Assert.Equal(RowsOf(whole), rows);
                        Assert.Equal(Math.Max(1, (rows.Count + size - 1) / size), pages);
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Values_of_a_dimension_are_walked_with_a_search()
    {
        await using var shop = await OpenShopAsync();
        await FillAsync(shop, 4);
        foreach (var search in (string?[])[null, "a"])
        {
            var values = new DimensionValuesQuestion("order__status", [], search, 100);
            var whole = RowsOf(await shop.AskAsync(values, ShopProject.Administrator)).ToList();
            Assert.NotEmpty(whole);
            var (rows, _) = await WalkAsync(shop, values with { Limit = 1 }, 2, ShopProject.Administrator);
            Assert.Equal(whole, rows);
        }
    }

    [Fact]
    public async Task What_changes_on_the_way_ends_the_walk()
    {
        await using var shop = await OpenShopAsync();
        var first = await shop.AskAsync(
            new PageQuestion(new MetricQuestion(ByCustomer), 2, null),
            ShopProject.Administrator
        );
        var next = new PageQuestion(new MetricQuestion(ByCustomer), 2, first.Answer.NextCursor);
        // A table that the question does not read.
        await shop.ChangeAsync("DELETE FROM analytics.products", "products");
        Assert.Equal(2, (await shop.AskAsync(next, ShopProject.Administrator)).Answer.Table.RowCount);

        await shop.ChangeAsync("UPDATE analytics.orders SET amount = amount + 1", "orders");
        Assert.Equal("HW5402", await CodeAsync(() => shop.AskAsync(next, ShopProject.Administrator)));

        // Started again it sees the new state.
        var (rows, _) = await WalkAsync(shop, new MetricQuestion(ByCustomer), 2, ShopProject.Administrator);
        Assert.Equal(RowsOf(await shop.AskAsync(new MetricQuestion(ByCustomer), ShopProject.Administrator)), rows);
    }

    [Fact]
    public async Task A_change_that_this_process_has_not_heard_of_is_seen_by_the_statement_itself()
    {
        await using var shop = await OpenShopAsync();
        var first = await shop.AskAsync(
            new PageQuestion(new MetricQuestion(ByCustomer), 2, null),
            ShopProject.Administrator
        );
        await using (var connection = await shop.Warehouse.ConnectAsync(default))
        {
            await connection.BeginAsync(default);
            await Headwater.Warehouse.Port.WarehouseExtensions.ExecuteAsync(
                connection,
                "UPDATE analytics.orders SET amount = amount + 1; UPDATE _headwater.relation_versions SET version = version + 1 WHERE relation_name = 'orders'",
                default
            );
            await connection.CommitAsync(default);
        }

        Assert.Equal(
            "HW5402",
            await CodeAsync(() =>
                shop.AskAsync(
                    new PageQuestion(new MetricQuestion(ByCustomer), 2, first.Answer.NextCursor),
                    ShopProject.Administrator
                )
            )
        );
        var again = await shop.AskAsync(
            new PageQuestion(new MetricQuestion(ByCustomer), 3, null),
            ShopProject.Administrator
        );
        Assert.Equal(3, again.Answer.Table.RowCount);
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_question_and_its_rules_alone()
    {
        await using var shop = await OpenShopAsync();
        var question = new MetricQuestion(ByCustomer);
        var cursor = (await shop.AskAsync(new PageQuestion(question, 1, null), ShopProject.Administrator))
            .Answer
            .NextCursor!;
        // Other sizes may follow each other, and whoever is under the same rules may go on.
        Assert.Equal(
            3,
            (await shop.AskAsync(new PageQuestion(question, 3, cursor), ShopProject.Analyst)).Answer.Table.RowCount
        );

        var other = new MetricQuestion(ByCustomer with { Where = ["customer__region = 'East'"] });
        Assert.Equal(
            "HW5401",
            await CodeAsync(() => shop.AskAsync(new PageQuestion(other, 1, cursor), ShopProject.Administrator))
        );
        Assert.Equal(
            "HW5401",
            await CodeAsync(() => shop.AskAsync(new PageQuestion(question, 1, cursor), ShopProject.Rep("East")))
        );
    }

    [Fact]
    public async Task A_cursor_of_who_sees_clear_names_is_no_use_under_masks()
    {
        await using var shop = await OpenShopAsync();
        var question = new MetricQuestion(new MetricRequest(["revenue"], ["customer__name"], [], [], null));
        var support = new Principal("sue", "Sue", ["support"], new Dictionary<string, IReadOnlyList<string>>());
        foreach (
            var (own, other) in ((Principal, Principal)[])
                [(support, ShopProject.Analyst), (ShopProject.Analyst, support)]
        )
        {
            var cursor = (await shop.AskAsync(new PageQuestion(question, 1, null), own)).Answer.NextCursor!;
            Assert.Equal("HW5401", await CodeAsync(() => shop.AskAsync(new PageQuestion(question, 1, cursor), other)));
        }

        // The walk under a mask is over what is seen: every customer once, none clear, and orders of nobody.
        var (rows, pages) = await WalkAsync(shop, question, 1, support);
        Assert.Equal((4, 4), (rows.Count, pages));
        Assert.Equal(4, rows.Distinct().Count());
        Assert.DoesNotContain(
            rows,
            row => row.Contains("Ada", StringComparison.Ordinal) || row.Contains("Bob", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_cursor_that_was_changed_anywhere_is_refused()
    {
        await using var shop = await OpenShopAsync();
        var question = new MetricQuestion(ByCustomer);
        var cursor = (await shop.AskAsync(new PageQuestion(question, 1, null), ShopProject.Administrator))
            .Answer
            .NextCursor!;
        var forged = new List<string>
        {
            "",
            "x",
            "not base64!",
            cursor[..^4],
            cursor + "AAAA",
            new('A', 100_000),
            "\u00e9\u4e2d",
        };
        for (var place = 0; place < cursor.Length; place += 7)
        {
            forged.Add(cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..]);
        }

        foreach (var text in forged.Where(text => text != cursor))
        {
            Assert.Equal(
                "HW5401",
                await CodeAsync(() => shop.AskAsync(new PageQuestion(question, 1, text), ShopProject.Administrator))
            );
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task A_page_has_a_size(int size)
    {
        await using var shop = await OpenShopAsync();
        Assert.Equal(
            "HW5403",
            await CodeAsync(() =>
                shop.AskAsync(new PageQuestion(new MetricQuestion(ByCustomer), size, null), ShopProject.Administrator)
            )
        );
    }

    [Fact]
    public async Task An_answer_of_one_row_or_none_is_one_page()
    {
        await using var shop = await OpenShopAsync();
        var total = new MetricQuestion(new MetricRequest(["revenue"], [], [], [], null));
        Assert.Equal((1, 1), await CountAsync(total));
        var none = new MetricQuestion(ByCustomer with { Where = ["customer__region = 'Nowhere'"] });
        Assert.Equal((0, 1), await CountAsync(none));

        async Task<(int, int)> CountAsync(Question question)
        {
            var (rows, pages) = await WalkAsync(shop, question, 5, ShopProject.Administrator);
            return (rows.Count, pages);
        }
    }

    [Fact]
    public async Task What_has_no_order_is_not_paged()
    {
        await using var shop = await OpenShopAsync();
        var kept = new MetricQuestion(
            new MetricRequest([], ["customer__region"], [], [], null) { KeepsDuplicates = true }
        );
        Assert.Equal(
            "HW5404",
            await CodeAsync(() => shop.AskAsync(new PageQuestion(kept, 5, null), ShopProject.Administrator))
        );
    }
}

public sealed class PostgresPagingTests : PagingTests
{
    private protected override bool OnPostgres => true;
}
