using System.Text.Json;

namespace Headwater.Cli.Tests;

public sealed class LineageTests
{
    private static async Task<CommandLineSession> BuiltAsync()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("seeds/raw.csv", "id,amount,state\n1,10,open\n2,20,done\n");
        session.Write(
            "models/orders.sql",
            "{{ config(materialized='table') }}select id as order_id, case when state = 'done' then amount end as paid, 1 as one from {{ ref('raw') }} where amount > 0"
        );
        session.Write("models/totals.sql", "select sum(paid) as total from {{ ref('orders') }}");
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        return session;
    }

    [Fact]
    public async Task A_model_is_told_column_by_column()
    {
        using var session = await BuiltAsync();
        var result = await session.RunAsync("docs", "lineage", "orders");

        Assert.Equal("", result.Error);
        Assert.Equal(
            """
            analytics.orders, made by model.shop.orders

            order_id
              comes from  copied       analytics.raw.id
              goes to     nothing that is published

            paid
              comes from  transformed  analytics.raw.amount
                          condition    analytics.raw.state
              goes to     aggregated   analytics.totals.total

            one
              comes from  no column
              goes to     nothing that is published

            which rows there are depends on
              analytics.raw.amount
            """,
            result.Out.Trim().ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_column_is_told_with_all_steps_and_one_direction_if_wished()
    {
        using var session = await BuiltAsync();
        var up = await session.RunAsync("docs", "lineage", "totals.total", "--upstream");
        Assert.Equal(
            """
            analytics.totals.total, made by model.shop.totals

              comes from   1  aggregated   analytics.orders.paid
                           2  aggregated   analytics.raw.amount
                           2  condition    analytics.raw.state
            """,
            up.Out.Trim().ReplaceLineEndings("\n")
        );
        var down = await session.RunAsync(
            "docs",
            "lineage",
            "analytics.raw.amount",
            "--downstream",
            "--output",
            "json"
        );
        var column = JsonDocument.Parse(down.Out).RootElement.GetProperty("columns")[0];
        Assert.Equal(
            ["orders.paid", "totals.total"],
            column
                .GetProperty("downstream")
                .EnumerateArray()
                .Select(step =>
                    $"{step.GetProperty("relation").GetString()![10..]}.{step.GetProperty("column").GetString()}"
                )
        );
        Assert.Equal(JsonValueKind.Null, column.GetProperty("upstream").ValueKind);
        var csv = await session.RunAsync("docs", "lineage", "orders", "--output", "csv");
        Assert.StartsWith(
            "column,direction,steps,kind,relation,of_column\norder_id,upstream,1,copied,analytics.raw,id\n",
            csv.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("order", "HW5120", "did you mean 'orders'?")]
    [InlineData("orders.payd", "HW5121", "did you mean 'paid'?")]
    public async Task An_unknown_name_is_told_the_nearest(string name, string code, string hint)
    {
        using var session = await BuiltAsync();
        var result = await session.RunAsync("docs", "lineage", name);

        Assert.Equal(1, result.Exit);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_hold_the_lineage_of_the_project_as_it_is_written()
    {
        using var session = await BuiltAsync();
        session.Write("models/totals.sql", "select min(paid) as least, o.missing from {{ ref('orders') }} as o");
        var result = await session.RunAsync("docs", "generate");
        Assert.Equal(0, result.Exit);
        Assert.Contains("HW2162", result.Error, StringComparison.Ordinal);
        var relations = JsonDocument
            .Parse(await File.ReadAllTextAsync(Path.Combine(session.Folder, "target", "lineage.json")))
            .RootElement.GetProperty("relations");
        var least = relations.GetProperty("model.shop.totals").GetProperty("columns")[0];

        Assert.Equal("least", least.GetProperty("name").GetString());
        Assert.Equal("aggregated", least.GetProperty("inputs")[0].GetProperty("kind").GetString());
        Assert.Single(relations.GetProperty("model.shop.totals").GetProperty("gaps").EnumerateArray());
        Assert.Equal(
            "raw",
            relations
                .GetProperty("model.shop.orders")
                .GetProperty("columns")[0]
                .GetProperty("inputs")[0]
                .GetProperty("relation")
                .GetString()
        );
    }
}
