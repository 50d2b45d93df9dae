using System.Text.Json;

namespace Headwater.Cli.Tests;

public sealed class ReconcileTests
{
    private static async Task<CommandLineSession> BuiltAsync()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("seeds/deals.csv", "id,amount,state\n1,10,won\n2,20,open\n3,30,won\n4,5,won\n");
        session.Write("models/sales.sql", "select id, amount, state, date '2025-01-01' as day from {{ ref('deals') }}");
        session.Write(
            "models/finance.sql",
            "select id, amount + case when id = 3 then 1 else 0 end as amount, date '2025-01-02' as day from {{ ref('deals') }} where id <> 4"
        );
        session.Write(
            "models/metrics.yml",
            """
            semantic_models:
              - name: sales
                model: ref('sales')
                defaults: {agg_time_dimension: day}
                entities: [{name: deal, type: primary, expr: id}]
                dimensions:
                  - {name: day, type: time, type_params: {time_granularity: day}}
                  - {name: state, type: categorical}
                measures: [{name: won, agg: sum, expr: amount}]
              - name: finance
                model: ref('finance')
                defaults: {agg_time_dimension: day}
                entities: [{name: deal, type: unique, expr: id}, {name: entry, type: primary, expr: id}]
                dimensions: [{name: day, type: time, type_params: {time_granularity: day}}]
                measures: [{name: booked, agg: sum, expr: amount}]
            metrics:
              - {name: won, type: simple, type_params: {measure: won}, filter: "{{ Dimension('deal__state') }} = 'won'"}
              - {name: booked, type: simple, type_params: {measure: booked}}
            """
        );
        var built = await session.RunAsync("build");
        Assert.True(built.Exit == 0, built.Error);
        return session;
    }

    [Fact]
    public async Task A_gap_is_told_with_its_causes()
    {
        using var session = await BuiltAsync();
        var asked = await session.RunAsync("reconcile", "booked", "won");

        Assert.True(asked.Exit == 0, asked.Error);
        Assert.Equal(
            """
                    total
            ──────  ─────
            booked     61
            won        45
            gap        16

            Matched by deal: 1 agree.

            cause           amount  rows
            ──────────────  ──────  ────
            one_side:right      -5     1
            filter:right:1      20     1
            value                1     1
            gap                 16

            one_side:right: Only in won: the table of booked has no such deal.
            key  left  right  difference  rows  time
            ───  ────  ─────  ──────────  ────  ──────────
            4       0      5          -5  0:1   2025-01-01

            filter:right:1: Left out of won by the filter deal__state = 'won'.
            key  left  right  difference  rows  time
            ───  ────  ─────  ──────────  ────  ──────────────────────
            2      20      0          20  1:0   2025-01-02, 2025-01-01

            value: Other amounts on each side.
            key  left  right  difference  rows  time
            ───  ────  ─────  ──────────  ────  ──────────────────────
            3      31     30           1  1:1   2025-01-02, 2025-01-01
            """,
            asked.Out.Trim('\n').ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task The_document_shows_what_is_printed()
    {
        using var session = await BuiltAsync();
        var document = await File.ReadAllTextAsync(
            Path.Combine(CommandLineSession.RepositoryRoot, "docs", "reconcile.md")
        );
        var blocks = document.Split("```");
        var commands = blocks[1].Split('\n').Where(line => line.StartsWith("headwater ", StringComparison.Ordinal));
        var command = commands.First().Split(' ')[1..];
        var shown = blocks[3].ReplaceLineEndings("\n").Trim('\n').Split('\n')[..^1];

        var asked = await session.RunAsync(command);

        Assert.True(asked.Exit == 0, asked.Error);
        Assert.Equal(shown, asked.Out.ReplaceLineEndings("\n").Trim('\n').Split('\n')[..shown.Length]);
        Assert.Equal(3, commands.Count());
    }

    [Theory]
    [InlineData("finance.csv", "--key", "Deal", "--value", "Sum")]
    [InlineData(
        "select id, amount + 1 as amount from analytics.sales where id < 3",
        "--key",
        "id",
        "--value",
        "amount"
    )]
    public async Task A_file_or_a_query_is_compared_with_a_metric(string right, params string[] columns)
    {
        using var session = await BuiltAsync();
        session.Write("finance.csv", "Deal,Sum\n1,11\n2,21\n");
        var asked = await session.RunAsync(["reconcile", "won", right, "--output", "json", .. columns]);

        Assert.True(asked.Exit == 0, asked.Error);
        var answer = JsonDocument.Parse(asked.Out).RootElement;
        Assert.Equal("13", answer.GetProperty("gap").GetString());
        Assert.Equal(
            ["one_side:left 35", "filter:left:1 -21", "value -1"],
            answer
                .GetProperty("causes")
                .EnumerateArray()
                .Select(cause => $"{cause.GetProperty("id").GetString()} {cause.GetProperty("amount").GetString()}")
        );
    }

    [Fact]
    public async Task The_rows_of_a_cause_are_shown_page_by_page()
    {
        using var session = await BuiltAsync();
        session.Write("finance.csv", "Deal,Sum\n");
        string[] command =
        [
            "reconcile",
            "won",
            "finance.csv",
            "--key",
            "Deal",
            "--value",
            "Sum",
            "--cause",
            "one_side:left",
            "--page-size",
            "2",
        ];
        var first = await session.RunAsync(command);
        Assert.True(first.Exit == 0, first.Error);
        var cursor = first.Error.Trim().Split(' ')[^1];
        var second = await session.RunAsync([.. command, "--cursor", cursor]);

        Assert.Contains("\n3 ", first.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\n4 ", first.Out, StringComparison.Ordinal);
        Assert.Contains("\n4 ", second.Out, StringComparison.Ordinal);
        Assert.Equal("", second.Error);
    }

    [Theory]
    [InlineData("HW9018", "select 1 as a")]
    [InlineData("HW9019", "missing.csv", "--key", "a", "--value", "b")]
    [InlineData("HW4101", "bookd")]
    public async Task What_cannot_be_compared_is_refused(string code, string right, params string[] options)
    {
        using var session = await BuiltAsync();
        var asked = await session.RunAsync(["reconcile", "won", right, .. options]);
        Assert.NotEqual(0, asked.Exit);
        Assert.Contains(code, asked.Error, StringComparison.Ordinal);
    }
}
