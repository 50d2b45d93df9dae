using System.Text.RegularExpressions;

namespace Headwater.Cli.Tests;

public sealed partial class MistakesTests
{
    [Fact]
    public async Task Of_one_mistake_made_often_the_first_twenty_are_written_out_and_programs_get_all()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        for (var model = 0; model < 50; model++)
        {
            session.Write($"shop/models/model_{model}.sql", "select {{ no_such_macro() }} as a\n");
        }

        var told = await session.RunAsync("parse", "--project", "shop");
        var all = await session.RunAsync("parse", "--project", "shop", "--output", "json");

        Assert.Equal(20, Regex.Count(told.Error, "error HW2106"));
        Assert.Contains("30 more HW2106", told.Error, StringComparison.Ordinal);
        Assert.Contains("50 errors.", told.Error, StringComparison.Ordinal);
        Assert.Equal(50, Regex.Count(all.Out, "\"HW2106\""));
    }

    [Fact]
    public async Task Ten_mistakes_are_reported_at_once_each_with_place_code_and_hint()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        session.Write("shop/models/unknown_ref.sql", "select 1 as a\nfrom {{ ref('ordres') }}\n");
        session.Write("shop/models/bad_jinja.sql", "select 1\n{% if x %}\n");
        session.Write("shop/models/circle_a.sql", "select * from {{ ref('circle_b') }}\n");
        session.Write("shop/models/circle_b.sql", "select * from {{ ref('circle_a') }}\n");
        session.Write("shop/models/twice/orders.sql", "select 1 as order_id\n");
        session.Write("shop/models/wrong_type.yml", "models:\n  - name: [a, list]\n");
        session.Write(
            "shop/sources/elsewhere.yml",
            "source: elsewhere\nconnector: files\npath: no/such/folder\nstreams:\n  - {name: things, files: \"*.csv\"}\n"
        );
        session.Write(
            "shop/sources/broken.yml",
            """
            source: broken
            connector: files
            path: data
            streams:
              - {name: empty, files: "empty.csv"}
              - {name: noise, files: "noise.csv"}
            """
        );
        session.Write("shop/data/empty.csv", "");
        var noise = new byte[3_000];
        new Random(7).NextBytes(noise);
        await File.WriteAllBytesAsync(
            Path.Combine(session.Folder, "shop/data/noise.csv"),
            noise,
            TestContext.Current.CancellationToken
        );
        session.Write(
            "shop/dashboards/wrong.yml",
            """
            dashboard: wrong
            rows:
              - - {metric: revenu, chart: kpi}
                - {metric: orders, chart: sunburst}
              - - title: By nothing
                  query: {metrics: [revenue], group_by: [order__regoin]}
                  chart: bar
            """
        );

        var result = await session.RunAsync("build", "--project", "shop");

        Assert.Equal(1, result.Exit);
        foreach (
            var (place, told) in new[]
            {
                (@"models/unknown_ref\.sql:2:\d+", "did you mean 'orders'"),
                (@"models/bad_jinja\.sql:\d+:\d+", "if"),
                (@"models/circle_[ab]\.sql:1:18 ", "circle_a"),
                (@"models/(twice/)?orders\.sql:1:1 ", "orders"),
                (@"models/wrong_type\.yml:2:\d+", "list"),
                (@"sources/elsewhere\.yml:3:\d+", "no/such/folder"),
                (@"sources/broken\.yml:5:\d+", "empty"),
                (@"sources/broken\.yml:6:\d+", "binary data"),
                (@"dashboards/wrong\.yml:3:\d+", "did you mean 'revenue'?"),
                (@"dashboards/wrong\.yml:4:\d+", "sunburst"),
                (@"dashboards/wrong\.yml:6:\d+", "did you mean 'order__region'?"),
            }
        )
        {
            var report = Reports(result.Error)
                .FirstOrDefault(text =>
                    Regex.IsMatch(text, "^" + place, RegexOptions.Multiline)
                    && text.Contains(told, StringComparison.Ordinal)
                );
            Assert.True(report is not null, $"nothing was said of {place} ({told}):\n{result.Error}");
            Assert.Matches("error HW[0-9]{4}", report);
            Assert.Matches(@"(?m)^  → \S", report);
        }

        Assert.DoesNotContain("HW2108", result.Error, StringComparison.Ordinal);

        Assert.False(
            File.Exists(Path.Combine(session.Folder, "shop/.headwater/warehouse.duckdb")),
            "nothing may be half-built"
        );
    }

    [Fact]
    public async Task A_missing_column_is_reported_beside_the_mistakes_that_do_not_touch_its_model()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        session.Write("shop/models/unknown_ref.sql", "select 1 as a\nfrom {{ ref('ordres') }}\n");
        session.Write(
            "shop/models/missing.sql",
            "select\n  order_id,\n  no_such_column\nfrom {{ source('shop', 'orders') }}\n"
        );
        session.Write("shop/models/follows.sql", "select no_such_column from {{ ref('missing') }}\n");
        session.Write("shop/models/unsure.sql", "select nor_this from {{ ref('unknown_ref') }}\n");

        var failed = await session.RunAsync("build", "--project", "shop");
        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");

        Assert.Equal(1, failed.Exit);
        Assert.Contains("models/unknown_ref.sql:2:9  error HW2101", failed.Error, StringComparison.Ordinal);
        var report = Assert.Single(Reports(failed.Error), text => text.Contains("HW2130", StringComparison.Ordinal));
        Assert.StartsWith("models/missing.sql:3:3  error HW2130", report, StringComparison.Ordinal);
        Assert.Contains("no_such_column", report, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  → \S", report);
        Assert.DoesNotContain("follows", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unsure", failed.Error, StringComparison.Ordinal);
        Assert.Equal(1, asked.Exit);
    }

    [Fact]
    public async Task A_column_that_a_new_file_may_bring_is_not_called_missing()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        session.Write("shop/models/unknown_ref.sql", "select 1 as a\nfrom {{ ref('ordres') }}\n");
        session.Write("shop/models/later.sql", "select discount from {{ source('shop', 'orders') }}\n");
        session.Write(
            "shop/data/orders_2.csv",
            "order_id,ordered_on,customer,region,amount,discount\n7,2026-04-01,Fjord Works,North,100,5\n"
        );

        var failed = await session.RunAsync("build", "--project", "shop");

        Assert.Contains("HW2101", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("later", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_names_a_missing_column_fails_with_its_file_and_nothing_is_published()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        session.Write(
            "shop/models/orders.sql",
            "select order_id, no_such_column\nfrom {{ source('shop', 'orders') }}\n"
        );

        var failed = await session.RunAsync("build", "--project", "shop");
        var asked = await session.RunAsync(
            "sql",
            "--project",
            "shop",
            "--output",
            "csv",
            "select sum(amount) as total from orders"
        );

        Assert.Equal(1, failed.Exit);
        Assert.Contains("models/orders.sql", failed.Error, StringComparison.Ordinal);
        Assert.Contains("no_such_column", failed.Error, StringComparison.Ordinal);
        Assert.Contains("712.50", asked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_test_publishes_nothing()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        session.Write("shop/tests/no_large_orders.sql", "select * from {{ ref('orders') }} where amount > 300\n");
        session.Write(
            "shop/data/orders_2.csv",
            "order_id,ordered_on,customer,region,amount\n7,2026-04-01,Fjord Works,North,1000\n"
        );

        var failed = await session.RunAsync("build", "--project", "shop");
        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");

        Assert.Equal(1, failed.Exit);
        Assert.Contains("no_large_orders", failed.Error, StringComparison.Ordinal);
        Assert.Contains("712.50", asked.Out, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Reports(string text) => Start().Split(text).Where(part => part.Length > 0);

    // A report starts at the margin, its message and hint are indented.
    [GeneratedRegex(@"(?m)^(?=\S)")]
    private static partial Regex Start();
}
