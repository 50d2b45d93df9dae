using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>Commands after commands: what one keeps the next reads, and says the same.</summary>
public sealed class KeptParseTests
{
    private static CommandLineSession Shop()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n");
        session.Write(
            "models/orders.sql",
            "select id, amount from {{ ref('raw') }} where {{ var('least', 0) }} < amount"
        );
        session.Write(
            "models/schema.yml",
            """
            semantic_models:
              - name: orders
                model: ref('orders')
                defaults: {agg_time_dimension: day}
                entities: [{name: order_item, type: primary, expr: id}]
                dimensions: [{name: day, type: time, expr: "date '2024-01-01'", type_params: {time_granularity: day}}]
                measures: [{name: amount_sum, agg: sum, expr: amount}]
            metrics:
              - {name: revenue, label: Revenue, type: simple, type_params: {measure: amount_sum}}
            """
        );
        return session;
    }

    private static string Kept(CommandLineSession session) => Path.Combine(session.Folder, "target", "kept-parse.bin");

    private static JsonElement Manifest(CommandLineSession session)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(session.Folder, "target", "manifest.json"))
        );
        return document.RootElement.Clone();
    }

    [Fact]
    public async Task A_command_reads_what_the_one_before_kept_and_says_the_same()
    {
        using var session = Shop();
        session.Write("models/unused.yml", "models: [{name: nobody}]\n");
        var first = await session.RunAsync("parse");
        Assert.Equal(0, first.Exit);
        Assert.Contains("nobody", first.Error, StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(Kept(session));
        var before = Manifest(session);
        var second = await session.RunAsync("parse");
        Assert.Equal((first.Exit, first.Out, first.Error), (second.Exit, second.Out, second.Error));
        var after = Manifest(session);
        Assert.Equal(before.GetProperty("nodes").GetRawText(), after.GetProperty("nodes").GetRawText());
        Assert.NotEqual(
            before.GetProperty("metadata").GetProperty("invocation_id").GetString(),
            after.GetProperty("metadata").GetProperty("invocation_id").GetString()
        );
        Assert.True(File.GetLastWriteTimeUtc(Kept(session)) >= written);
    }

    [Fact]
    public async Task Metrics_can_be_asked_of_a_project_that_is_read_from_what_was_kept()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        Assert.True(File.Exists(Kept(session)));
        var asked = await session.RunAsync("query", "--metrics", "revenue", "--output", "csv");
        Assert.Equal((0, "revenue\n30"), (asked.Exit, asked.Out.Trim().ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task A_wrong_metric_is_told_by_each_command()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("parse")).Exit);
        session.Write(
            "models/metrics.yml",
            "metrics: [{name: lost, label: Lost, type: simple, type_params: {measure: nowhere}}]\n"
        );
        for (var run = 0; run < 2; run++)
        {
            var wrong = await session.RunAsync("parse");
            Assert.Equal(1, wrong.Exit);
            Assert.Contains("nowhere", wrong.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--no-partial-parse", null)]
    [InlineData(null, "flags: {partial_parse: false}\n")]
    public async Task Nothing_is_kept_where_nobody_wants_it(string? option, string? setting)
    {
        using var session = Shop();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n" + setting);
        var run = await session.RunAsync(option is null ? ["parse"] : ["parse", option]);
        Assert.Equal(0, run.Exit);
        Assert.False(File.Exists(Kept(session)));
    }

    [Theory]
    [InlineData("false", null, false)]
    [InlineData("0", null, false)]
    [InlineData("true", null, true)]
    [InlineData("false", "--partial-parse", true)]
    [InlineData("true", "--no-partial-parse", false)]
    public async Task The_environment_says_whether_parses_are_kept(string value, string? option, bool kept)
    {
        using var session = Shop();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBT_PARTIAL_PARSE"] = value };
        using var process = HeadwaterProcess.Start(
            session.Folder,
            environment,
            option is null ? ["parse"] : ["parse", option]
        );
        Assert.Equal(0, await process.ExitAsync());
        Assert.Equal(kept, File.Exists(Kept(session)));
    }

    [Fact]
    public async Task A_command_that_is_killed_while_it_keeps_a_parse_leaves_the_next_one_right()
    {
        using var session = Shop();
        // Large, so that writing takes a while.
        session.Write("models/large.sql", "select 1 as x -- " + new string('x', 4_000_000));
        for (var round = 0; round < 4; round++)
        {
            session.Write("macros/round.sql", $"{{% macro round() %}}round_{round}{{% endmacro %}}");
            session.Write("models/said.sql", "select '{{ round() }}' as x");
            using (var process = HeadwaterProcess.Start(session.Folder, "parse"))
            {
                while (!process.HasEnded && !File.Exists(Kept(session) + ".new"))
                {
                    await Task.Yield();
                }

                await process.KillAsync();
            }

            for (var run = 0; run < 2; run++)
            {
                var compiled = await session.RunAsync("compile", "--select", "said");
                Assert.Equal(0, compiled.Exit);
                Assert.Contains($"round_{round}", compiled.Out, StringComparison.Ordinal);
            }

            Assert.False(File.Exists(Kept(session) + ".new"));
        }
    }

    [Fact]
    public async Task The_command_line_decides_over_the_project()
    {
        using var session = Shop();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\nflags: {partial_parse: false}\n");
        Assert.Equal(0, (await session.RunAsync("parse", "--partial-parse")).Exit);
        Assert.True(File.Exists(Kept(session)));
    }

    [Fact]
    public async Task Clean_removes_what_was_kept()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("parse")).Exit);
        Assert.True(File.Exists(Kept(session)));
        Assert.Equal(0, (await session.RunAsync("clean")).Exit);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "target")));
    }

    [Fact]
    public async Task Compiling_what_asks_nothing_of_the_warehouse_opens_no_file()
    {
        using var session = Shop();
        for (var run = 0; run < 2; run++)
        {
            var compiled = await session.RunAsync("compile", "--select", "orders", "--vars", "{least: 5}");
            Assert.Equal(0, compiled.Exit);
            Assert.Contains("where 5 < amount", compiled.Out, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(session.Folder, ".headwater", "warehouse.duckdb")));
        session.Write(
            "models/asks.sql",
            "{% set one = run_query('select 41 + 1 as x') %}select {{ one.rows[0][0] if execute else 0 }} as x"
        );
        var asking = await session.RunAsync("compile", "--select", "asks");
        Assert.Contains("select 42 as x", asking.Out, StringComparison.Ordinal);
    }
}
