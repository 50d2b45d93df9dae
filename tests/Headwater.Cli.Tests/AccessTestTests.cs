using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>Access tests of a project: a build that shows someone what he must not see fails.</summary>
public sealed class AccessTestTests
{
    private const string Passing = """
        tests:
          - name: the north sees the north
            roles: [regional]
            attributes: {regions: [north]}
            metrics: [revenue]
            group_by: [sale__region]
            rows: [[north, 30.00]]
          - name: without a region there is nothing
            roles: [regional]
            sql: select count(*) from sales
            rows: [[0]]
          - name: Rita sees no landed tables
            user: rita
            sql: select * from raw_shop.sales
            refused: HW5107
        """;

    [Fact]
    public async Task They_run_by_themselves_and_in_every_build()
    {
        using var session = await ProjectAsync(Passing);

        var alone = await session.RunAsync("access", "test");
        Assert.Equal(
            [
                "ok     the north sees the north",
                "ok     without a region there is nothing",
                "ok     Rita sees no landed tables",
                "3 passed, 0 failed",
            ],
            alone.Out.ReplaceLineEndings("\n").Trim().Split('\n')
        );

        session.Write(
            "access/tests/more.yml",
            "tests:\n  - {name: all of it, roles: [regional], sql: select region from sales, rows: [[south], [null]]}"
        );
        var failing = await session.RunAsync("build");
        Assert.Equal(1, failing.Exit);
        Assert.Contains("access/tests/more.yml:2", failing.Error, StringComparison.Ordinal);
        Assert.Contains("HW7035", failing.Error, StringComparison.Ordinal);
        Assert.Contains("missing: [south], [null]", failing.Error, StringComparison.Ordinal);
        var json = await session.RunAsync("access", "test", "--output", "json");
        Assert.Equal(1, json.Exit);
        using var report = JsonDocument.Parse(json.Out);
        Assert.Equal(3, report.RootElement.GetProperty("passed").GetInt32());
    }

    [Theory]
    [InlineData(
        "{name: a, roles: [regional], sql: select 1, refused: HW5107}",
        "it must be refused with HW5107, and gave 1 rows"
    )]
    [InlineData("{name: a, roles: [nobody], sql: select 1, rows: [[1]]}", "it was refused with HW5001")]
    [InlineData("{name: a, user: ghost, sql: select 1, rows: [[1]]}", "there is no user 'ghost'")]
    [InlineData("{name: a, roles: [regional], sql: 'select 1, 2', rows: [[1]]}", "missing: [1]; not expected: [1, 2]")]
    [InlineData("{name: a, roles: [regional], sql: 'select 1 from range(3)', rows: [[1]]}", "not expected: [1], [1]")]
    public async Task A_failure_says_what_is_otherwise(string test, string expected)
    {
        using var session = await ProjectAsync("tests:\n  - " + test);

        Assert.Contains(expected, (await session.RunAsync("access", "test")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name: a, roles: [regional], rows: [[1]]}", "HW1006")]
    [InlineData("{name: a, roles: [regional], sql: select 1}", "HW1006")]
    [InlineData("{name: a, roles: [regional], sql: select 1, rows: 7}", "HW1005")]
    [InlineData("{name: a, roles: [regional], sql: select 1, rows: [[1]], expect: x}", "HW1007")]
    public async Task A_wrong_file_is_said(string test, string code)
    {
        using var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("access/tests/wrong.yml", "tests:\n  - " + test);

        var refused = await session.RunAsync("access", "test");

        Assert.Contains(code, refused.Error, StringComparison.Ordinal);
        Assert.Contains("access/tests/wrong.yml:2", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandLineSession> ProjectAsync(string tests)
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write(
            "models/sales.sql",
            """
            {{ config(materialized='table') }}
            select * from (values (1, date '2025-01-01', 'north', 10.5), (2, date '2025-02-01', 'north', 19.5), (3, date '2025-02-01', 'south', 40), (4, null, null, 80))
            as v(sale_id, sold_at, region, amount)
            """
        );
        session.Write(
            "models/sales.yml",
            """
            semantic_models:
              - name: sales
                model: ref('sales')
                defaults: {agg_time_dimension: sold_at}
                entities: [{name: sale, type: primary, expr: sale_id}]
                dimensions:
                  - {name: sold_at, type: time, type_params: {time_granularity: day}}
                  - {name: region, type: categorical}
                measures: [{name: revenue, agg: sum, expr: amount}]
            metrics: [{name: revenue, type: simple, type_params: {measure: revenue}}]
            """
        );
        session.Write(
            "access/roles.yml",
            "roles:\n  - name: regional\n    can: [view, explore, sql]\n    row_rules: [{dimension: sale__region, in: user.regions}]\n"
        );
        Assert.Equal(0, (await session.RunAsync("user", "add", "rita", "--role", "regional")).Exit);
        session.Write("access/tests/regions.yml", "tests: []");
        var built = await session.RunAsync("build");
        Assert.True(built.Exit == 0, built.Error);
        session.Write("access/tests/regions.yml", tests);
        return session;
    }
}
