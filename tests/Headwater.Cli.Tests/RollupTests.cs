using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>Rollups from the files of a project through a build to answers, and proposals from what was asked.</summary>
public sealed class RollupTests
{
    private const string Model = """
        semantic_models:
          - name: sales
            model: ref('sales')
            defaults: {agg_time_dimension: sold_at}
            entities: [{name: sale, type: primary, expr: sale_id}]
            dimensions:
              - {name: sold_at, type: time, type_params: {time_granularity: day}}
              - {name: region, type: categorical}
            measures:
              - {name: revenue, agg: sum, expr: amount}
              - {name: buyers, agg: count_distinct, expr: buyer}
        metrics:
          - {name: revenue, type: simple, type_params: {measure: revenue}}
          - {name: buyers, type: simple, type_params: {measure: buyers}}

        """;

    private const string Rollup = """
        rollups:
          - name: sales_by_month
            metrics: [revenue]
            dimensions: [metric_time__month, sale__region]
        """;

    private static async Task<CommandLineSession> BuiltAsync(string rollups)
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write(
            "models/sales.sql",
            """
            {{ config(materialized='table') }}
            select i as sale_id, date '2025-01-01' + cast(i % 90 as integer) as sold_at, case i % 3 when 0 then 'East' else 'West' end as region,
              i % 7 as buyer, cast(i as decimal(9, 2)) as amount
            from generate_series(1, 2000) as s(i)
            """
        );
        session.Write("models/sales.yml", Model + rollups);
        var built = await session.RunAsync("build");
        Assert.True(built.Exit == 0, built.Error);
        return session;
    }

    private static async Task<string> AskAsync(CommandLineSession session, params string[] arguments)
    {
        var asked = await session.RunAsync(["query", "--output", "csv", "--explain", .. arguments]);
        Assert.True(asked.Exit == 0, asked.Error);
        return asked.Out.Trim().ReplaceLineEndings(" ")
            + " | "
            + asked
                .Error.ReplaceLineEndings("\n")
                .Split('\n')
                .LastOrDefault(line => line.StartsWith("rollup ", StringComparison.Ordinal), "no rollup");
    }

    [Fact]
    public async Task A_span_of_time_says_the_same_as_conditions_and_bounds_are_one_row()
    {
        using var session = await BuiltAsync("");
        string[] months = ["--metrics", "revenue", "--group-by", "metric_time__month"];

        Assert.Equal(
            await AskAsync(
                session,
                [.. months, "--where", "metric_time >= '2025-02-01' and metric_time < '2025-04-01'"]
            ),
            await AskAsync(session, [.. months, "--from", "2025-02-10", "--to", "2025-03-01"])
        );
        Assert.StartsWith(
            "sale__region__min,sale__region__max East,West",
            await AskAsync(session, "--group-by", "sale__region", "--bounds"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_build_writes_what_a_saved_query_exports_and_leaves_other_tables_alone()
    {
        const string exports = """
            saved_queries:
              - name: east_by_month
                query_params:
                  metrics: [revenue, revenue__previous_period]
                  group_by: [metric_time__month]
                  where: ["sale__region in ('East', 'it''s')", "metric_time__month >= '2025-02-01'"]
                exports:
                  - {name: east, config: {export_as: table, schema: shared}}
                  - {name: sales}
            """;
        using var session = await BuiltAsync(exports);

        var written = await session.RunAsync(
            "show",
            "--inline",
            "select * from shared.east order by 1",
            "--output",
            "json"
        );

        Assert.True(written.Exit == 0, written.Error);
        Assert.Contains("2025-03-01", written.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("2025-01-01", written.Out, StringComparison.Ordinal);
        var again = await session.RunAsync("build");
        Assert.True((again.Out + again.Error).Contains("HW2174", StringComparison.Ordinal), again.Out + again.Error);
        Assert.StartsWith(
            "revenue 2001000.00",
            await AskAsync(session, "--metrics", "revenue"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_build_makes_it_and_questions_use_it()
    {
        using var session = await BuiltAsync(Rollup);

        Assert.Equal(
            "sale__region,revenue East,666333.00 West,1334667.00 | rollup sales_by_month: used",
            await AskAsync(session, "--metrics", "revenue", "--group-by", "sale__region")
        );
        Assert.EndsWith(
            "rollup sales_by_month: not used, buyers counts distinct values, and counts of parts do not add up to the count of the whole",
            await AskAsync(session, "--metrics", "buyers"),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "rollup sales_by_month: not used, metric_time is finer than its periods, or cuts through them",
            await AskAsync(session, "--metrics", "revenue", "--where", "metric_time >= '2025-01-15'"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_is_no_table_that_users_ask_for()
    {
        using var session = await BuiltAsync(Rollup);

        var asked = await session.RunAsync("sql", "select * from analytics.rollup__sales_by_month");

        Assert.NotEqual(0, asked.Exit);
    }

    [Fact]
    public async Task A_rollup_is_suggested_for_what_was_asked_and_then_used()
    {
        using var session = await BuiltAsync("");
        await AskAsync(session, "--metrics", "revenue", "--group-by", "metric_time__month");
        await AskAsync(session, "--metrics", "revenue", "--where", "sale__region = 'East'");
        await AskAsync(session, "--metrics", "buyers");

        var suggested = await session.RunAsync("rollups", "suggest", "--output", "json");

        Assert.True(suggested.Exit == 0, suggested.Error);
        var suggestions = JsonDocument.Parse(suggested.Out).RootElement.GetProperty("suggestions");
        Assert.True(suggestions.GetArrayLength() > 0, suggested.Out);
        Assert.All(
            suggestions.EnumerateArray(),
            suggestion =>
            {
                Assert.Equal(2000, suggestion.GetProperty("rows_without").GetInt64());
                Assert.InRange(suggestion.GetProperty("rows").GetInt64(), 1, 500);
                Assert.InRange(suggestion.GetProperty("saved_share").GetDouble(), 0.01, 1);
            }
        );
        var yaml = string.Join('\n', suggestions.EnumerateArray().Select(item => item.GetProperty("yaml").GetString()));
        session.Write("models/sales.yml", Model + "rollups:\n" + yaml);
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        Assert.EndsWith(
            ": used",
            await AskAsync(session, "--metrics", "revenue", "--where", "sale__region = 'East'"),
            StringComparison.Ordinal
        );
    }
}
