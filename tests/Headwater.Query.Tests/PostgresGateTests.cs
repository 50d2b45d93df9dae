using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Query.Execution;
using Headwater.Query.Exporting;

namespace Headwater.Query.Tests;

public sealed class PostgresMetricQuestionTests : MetricQuestionTests
{
    private protected override Task<ShopProject> OpenShopAsync() => ShopProject.OpenOnPostgresAsync();
}

/// <summary>The gate over PostgreSQL: rules, versions and limits.</summary>
public sealed class PostgresGateTests
{
    private static readonly MetricQuestion Revenue = new(new MetricRequest(["revenue"], [], [], [], null));

    [Fact]
    public async Task Row_rules_narrow_every_question()
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync();
        Assert.Equal("310", (await shop.AskAsync(Revenue, ShopProject.Administrator)).Text());
        Assert.Equal("30", (await shop.AskAsync(Revenue, ShopProject.Rep("East"))).Text());
        Assert.Equal("70", (await shop.AskAsync(Revenue, ShopProject.Rep("East", "West"))).Text());
        Assert.Equal("-", (await shop.AskAsync(Revenue, ShopProject.Rep())).Text());
        Assert.Equal(
            "East",
            (
                await shop.AskAsync(
                    new DimensionValuesQuestion("customer__region", [], null, 10),
                    ShopProject.Rep("East")
                )
            ).Text()
        );
        var rows = await shop.AskAsync(new RowsQuestion("revenue", [], 100), ShopProject.Rep("West"));
        Assert.Equal(1, rows.Answer.Table.RowCount);
    }

    [Fact]
    public async Task An_answer_is_kept_until_a_table_that_it_read_changes()
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync();
        var first = await shop.AskAsync(Revenue, ShopProject.Administrator);
        Assert.True((await shop.AskAsync(Revenue, ShopProject.Administrator)).FromCache);
        await shop.ChangeAsync("DELETE FROM analytics.products", "products");
        Assert.True((await shop.AskAsync(Revenue, ShopProject.Administrator)).FromCache);
        await shop.ChangeAsync("DELETE FROM analytics.orders WHERE order_id = 5", "orders");
        var changed = await shop.AskAsync(Revenue, ShopProject.Administrator);
        Assert.Equal((false, "150"), (changed.FromCache, changed.Text()));
        Assert.NotEqual(first.Answer.EntityTag, changed.Answer.EntityTag);
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_stopped_on_the_server_too()
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync(
            QueryLimits.Default with
            {
                Time = TimeSpan.FromMilliseconds(300),
            }
        );
        await shop.ChangeAsync(
            """
            ALTER TABLE analytics.orders RENAME TO all_orders;
            CREATE VIEW analytics.orders AS SELECT o.* FROM analytics.all_orders AS o, pg_sleep(36000)
            """,
            "orders"
        );
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(Revenue, ShopProject.Administrator)
        );
        Assert.Equal("HW5301", refused.Diagnostic.Code);
        await using var connection = await shop.Warehouse.ConnectAsync(default);
        var running = await Headwater.Warehouse.Port.WarehouseExtensions.QueryAsync(
            connection,
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and state = 'active' and query like '%"analytics"%' and pid <> pg_backend_pid()
            """,
            default
        );
        Assert.Equal(0L, running.Value(0, 0));
    }

    [Fact]
    public async Task Rows_and_bytes_are_limited()
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync(QueryLimits.Default with { Rows = 5_000 });
        const string many = """
            INSERT INTO analytics.orders SELECT i, 1, DATE '2025-01-01', repeat('x', 100), 1 FROM generate_series(10, 100000) i
            """;
        await shop.ChangeAsync(many, "orders");
        var rows = new RowsQuestion("revenue", [], 90_000);
        var table = (await shop.AskAsync(rows, ShopProject.Administrator)).Answer.Table;
        Assert.True(table.Truncated);
        Assert.InRange(table.RowCount, 5_000, 70_000);

        await using var small = await ShopProject.OpenOnPostgresAsync(QueryLimits.Default with { Bytes = 100_000 });
        await small.ChangeAsync(many, "orders");
        var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
            small.AskAsync(rows, ShopProject.Administrator)
        );
        Assert.Equal("HW5302", refused.Diagnostic.Code);
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("select * from orders")]
    [InlineData("drop table analytics.orders")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    public async Task SQL_is_refused_whoever_asks(string sql)
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync();
        Assert.Equal("HW5114", (await shop.RefusalAsync(sql, ShopProject.Administrator)).Code);
        Assert.Equal("HW5114", (await shop.RefusalAsync(sql, ShopProject.Analyst)).Code);
        Assert.Equal("310", (await shop.AskAsync(Revenue, ShopProject.Administrator)).Text());
    }

    [Theory]
    [InlineData(ExportFormat.Parquet, "PAR1")]
    [InlineData(ExportFormat.Csv, "customer__region,revenue")]
    [InlineData(ExportFormat.Xlsx, "PK")]
    public async Task Answers_are_exported(ExportFormat format, string beginning)
    {
        await using var shop = await ShopProject.OpenOnPostgresAsync();
        using var output = new MemoryStream();
        await shop.Gate.ExportAsync(
            new Inquiry(
                new MetricQuestion(new MetricRequest(["revenue"], ["customer__region"], [], [], null)),
                ShopProject.Administrator,
                QuestionPath.Export,
                null
            ),
            format,
            output,
            default
        );
        Assert.StartsWith(beginning, Encoding.Latin1.GetString(output.ToArray()), StringComparison.Ordinal);
    }
}
