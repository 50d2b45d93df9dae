using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>The passport of a number, from a project's files through a build.</summary>
public sealed class PassportTests
{
    private static async Task<CommandLineSession> BuiltAsync()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("seeds/raw.csv", "id,amount,state\n1,10,paid\n2,20,open\n3,30,paid\n");
        session.Write(
            "models/orders.sql",
            "{{ config(materialized='table') }}select id as order_id, amount, state, date '2025-01-01' as day from {{ ref('raw') }}"
        );
        session.Write(
            "models/orders.yml",
            """
            models:
              - name: orders
                columns:
                  - {name: order_id, data_tests: [unique]}
                  - {name: amount, data_tests: [not_null]}
            semantic_models:
              - name: orders
                model: ref('orders')
                defaults: {agg_time_dimension: day}
                entities: [{name: order, type: primary, expr: order_id}]
                dimensions:
                  - {name: day, type: time, type_params: {time_granularity: day}}
                  - {name: state, type: categorical}
                measures: [{name: amount, agg: sum}]
            metrics:
              - name: paid
                label: Paid revenue
                type: simple
                type_params: {measure: amount}
                filter: "{{ Dimension('order__state') }} = 'paid'"
                meta: {owner: finance}
            """
        );
        var built = await session.RunAsync("build");
        Assert.True(built.Exit == 0, built.Error);
        return session;
    }

    private static async Task<JsonElement> PassportAsync(CommandLineSession session)
    {
        var asked = await session.RunAsync("query", "--metrics", "paid", "--explain", "--output", "json");
        Assert.True(asked.Exit == 0, asked.Error);
        return JsonDocument.Parse(asked.Error).RootElement;
    }

    [Fact]
    public async Task Explain_tells_what_stands_behind_a_number()
    {
        using var session = await BuiltAsync();
        var asked = await session.RunAsync("query", "--metrics", "paid", "--explain", "--output", "csv");

        Assert.Equal("paid\n40", asked.Out.Trim().ReplaceLineEndings("\n"));
        foreach (
            var line in (string[])
                [
                    "Paid revenue (paid, simple)",
                    "  owned by finance",
                    "  defined in models/orders.yml:16",
                    "  1. Sums amount of orders, where state is 'paid'.",
                    "    amount (read)",
                    "    analytics.raw, a seed",
                ]
        )
        {
            Assert.Contains(line, asked.Error, StringComparison.Ordinal);
        }

        Assert.Matches(@"analytics\.orders, a model, built at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ, 3 rows", asked.Error);
        Assert.Matches(@"succeeded at .*Z  not_null of analytics\.orders\.amount", asked.Error);
        // An order that is there twice would be counted twice.
        Assert.Matches(@"succeeded at .*Z  unique of analytics\.orders\.", asked.Error);
    }

    [Fact]
    public async Task A_version_lasts_until_the_definition_or_a_model_below_it_changes()
    {
        using var session = await BuiltAsync();
        var first = (await PassportAsync(session)).GetProperty("metrics")[0];
        Assert.NotEqual(JsonValueKind.Null, first.GetProperty("changed_at").ValueKind);

        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var again = (await PassportAsync(session)).GetProperty("metrics")[0];
        Assert.Equal(first.GetProperty("version").GetString(), again.GetProperty("version").GetString());
        Assert.Equal(
            first.GetProperty("changed_at").GetDateTimeOffset(),
            again.GetProperty("changed_at").GetDateTimeOffset()
        );

        session.Write(
            "models/orders.sql",
            "{{ config(materialized='table') }}select id as order_id, amount + 1 as amount, state, date '2025-01-01' as day from {{ ref('raw') }}"
        );
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var changed = (await PassportAsync(session)).GetProperty("metrics")[0];
        Assert.NotEqual(first.GetProperty("version").GetString(), changed.GetProperty("version").GetString());
        Assert.True(
            changed.GetProperty("changed_at").GetDateTimeOffset() > first.GetProperty("changed_at").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task A_walk_goes_on_in_another_process_with_the_cursor_of_the_page_before()
    {
        using var session = await BuiltAsync();
        string[] question = ["query", "--group-by", "order__state", "--output", "csv"];
        var first = await session.RunAsync([.. question, "--page-size", "1"]);
        Assert.Equal("order__state\nopen", first.Out.Trim().ReplaceLineEndings("\n"));
        var cursor = first.Error.Trim().Split(' ')[^1];
        var second = await session.RunAsync([.. question, "--page-size", "1", "--cursor", cursor]);

        Assert.Equal("order__state\npaid", second.Out.Trim().ReplaceLineEndings("\n"));
        Assert.Equal("", second.Error);
    }
}
