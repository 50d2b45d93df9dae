using Headwater.Testing;

namespace Headwater.Cli.Tests;

/// <summary>Rollups and exports from the files of a project to answers, with a target of type postgres.</summary>
public sealed class PostgresRollupTests : IAsyncLifetime
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
        metrics:
          - {name: revenue, type: simple, type_params: {measure: revenue}}

        """;

    private const string Rollup = """
        rollups:
          - name: sales_by_month
            metrics: [revenue]
            dimensions: [metric_time__month, sale__region]

        """;

    private const string Exports = """
        saved_queries:
          - name: by_region
            query_params: {metrics: [revenue], group_by: [sale__region]}
            exports: [{name: by_region, config: {export_as: view, schema: shared}}]
          - name: by_weather
            query_params: {metrics: [revenue], group_by: [sale__weather]}
            exports: [{name: by_weather}]

        """;

    private readonly CommandLineSession _session = new();
    private PostgresDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        _session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        _session.Write(
            "profiles.yml",
            $$"""
            shop:
              target: dev
              outputs:
                dev:
                  {type: postgres, host: {{_database.Server.Host}}, port: {{_database.Server.Port}}, user: {{_database.Server.User}}, password: "{{_database.Server.Password}}", dbname: {{_database.Name}}, schema: analytics}
            """
        );
        _session.Write(
            "models/sales.sql",
            """
            {{ config(materialized='table') }}
            select i as sale_id, date '2025-01-01' + cast(i % 90 as integer) as sold_at, case i % 3 when 0 then 'East' else 'West' end as region,
              cast(i as decimal(9, 2)) as amount
            from generate_series(1, 2000) as s(i)
            """
        );
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_question_says_which_rollup_it_used_and_proposals_come_from_what_was_asked()
    {
        await BuildAsync(Rollup);

        var used = await _session.RunAsync(
            "query",
            "--metrics",
            "revenue",
            "--group-by",
            "sale__region",
            "--output",
            "csv",
            "--explain"
        );
        Assert.True(used.Exit == 0, used.Error);
        Assert.Contains("East,666333.00", used.Out, StringComparison.Ordinal);
        Assert.Contains("rollup sales_by_month: used", used.Error, StringComparison.Ordinal);

        await BuildAsync("");
        for (var times = 0; times < 3; times++)
        {
            var asked = await _session.RunAsync("query", "--metrics", "revenue", "--group-by", "sale__region");
            Assert.True(asked.Exit == 0, asked.Error);
        }

        var proposed = await _session.RunAsync("rollups", "suggest");
        Assert.True(proposed.Exit == 0, proposed.Error);
        Assert.Contains("sale__region", proposed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_are_written_and_removed_and_one_without_an_answer_holds_nothing_back()
    {
        var built = await BuildAsync(Exports);

        Assert.Contains("HW4050", built, StringComparison.Ordinal);
        Assert.Contains("'by_weather'", built, StringComparison.Ordinal);
        Assert.Contains("models/sales.yml", built, StringComparison.Ordinal);
        Assert.Contains("HW4051", built, StringComparison.Ordinal);
        Assert.Contains("666333.00", await ShowAsync("select * from shared.by_region"), StringComparison.Ordinal);

        await BuildAsync("");

        Assert.Contains(
            "\"0\"",
            await ShowAsync(
                "select cast(count(*) as text) as tables from information_schema.tables where table_schema = 'shared'"
            ),
            StringComparison.Ordinal
        );
    }

    private async Task<string> BuildAsync(string besides)
    {
        _session.Write("models/sales.yml", Model + besides);
        var built = await _session.RunAsync("build");
        Assert.True(built.Exit == 0, built.Error);
        return built.Out + built.Error;
    }

    private async Task<string> ShowAsync(string sql)
    {
        var shown = await _session.RunAsync("show", "--inline", sql, "--output", "json");
        Assert.True(shown.Exit == 0, shown.Error);
        return shown.Out;
    }
}
