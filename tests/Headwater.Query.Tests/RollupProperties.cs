using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests;

/// <summary>Every answer with rollups is the answer without, whatever is kept, asked, permitted and in the tables.</summary>
public sealed class RollupProperties
{
    private const string Model = """
        calendars:
          - {name: fiscal, year_starts: february}
        models:
          - name: days
            time_spine: {standard_granularity_column: day}
            columns: [{name: day, granularity: day}]
        semantic_models:
          - name: order_stats
            model: ref('orders')
            defaults: {agg_time_dimension: ordered_at}
            entities:
              - {name: stat, type: primary, expr: order_id}
              - {name: customer, type: foreign, expr: customer_id}
            dimensions:
              - {name: ordered_at, type: time, type_params: {time_granularity: day}}
              - {name: status, type: categorical}
            measures:
              - {name: total, agg: sum, expr: amount}
              - {name: whole_total, agg: sum, expr: order_id}
              - {name: amounts, agg: count, expr: amount}
              - {name: least, agg: min, expr: amount}
              - {name: greatest, agg: max, expr: ordered_at}
              - {name: mean, agg: average, expr: amount}
              - {name: paid, agg: sum_boolean, expr: "status = 'paid'"}
              - {name: buyers, agg: count_distinct, expr: customer_id}
        metrics:
          - {name: total, type: simple, type_params: {measure: total}}
          - {name: whole_total, type: simple, type_params: {measure: whole_total}}
          - {name: amounts, type: simple, type_params: {measure: {name: amounts, fill_nulls_with: 0}}}
          - {name: least, type: simple, type_params: {measure: least}}
          - {name: greatest, type: simple, type_params: {measure: greatest}}
          - {name: mean, type: simple, type_params: {measure: mean}}
          - {name: paid, type: simple, type_params: {measure: paid}}
          - {name: buyers, type: simple, type_params: {measure: buyers}}
          - {name: paid_total, type: simple, type_params: {measure: total}, filter: "{{ Dimension('stat__status') }} = 'paid'"}
          - {name: eastern, type: simple, type_params: {measure: amounts}, filter: "{{ Dimension('customer__region') }} = 'East'"}
          - {name: paid_part, type: ratio, type_params: {numerator: paid_total, denominator: total}}
          - {name: rest, type: derived, type_params: {expr: "total - paid_total", metrics: [total, paid_total]}}
          - {name: filled, type: simple, type_params: {measure: {name: total, join_to_timespine: true, fill_nulls_with: 0}}}
          - {name: to_date, type: cumulative, type_params: {measure: total, grain_to_date: month}}
          - {name: rolling, type: cumulative, type_params: {measure: amounts, window: 10 days}}
          - {name: last_month, type: derived, type_params: {expr: t, metrics: [{name: total, offset_window: 1 month, alias: t}]}}
          - {name: growth, type: derived, type_params: {expr: total - t, metrics: [total, {name: total, offset_window: 7 days, alias: t}]}}
          - {name: since_start, type: derived, type_params: {expr: total - t, metrics: [total, {name: total, offset_to_grain: month, alias: t}]}}
        rollups:

        """;

    private static readonly string[] OverTime =
    [
        "filled",
        "to_date",
        "rolling",
        "last_month",
        "growth",
        "since_start",
        "total__previous_period",
        "whole_total__previous_year_growth",
        "amounts__1_month_ago",
        "mean__previous_period",
        "total__share",
        "total__rank",
    ];

    private static readonly string[] Kept = ["total", "whole_total", "amounts", "least", "greatest", "mean", "paid"];

    private static readonly string[] Dimensions =
    [
        "metric_time__day",
        "metric_time__week",
        "metric_time__month",
        "metric_time__quarter",
        "metric_time__year",
        "customer__region",
        "customer__name",
        "customer",
        "stat__status",
        "metric_time__extract_month",
        "metric_time__fiscal_quarter",
    ];

    private static readonly string[] Conditions =
    [
        "customer__region = 'East'",
        "customer__region != 'East' or stat__status = 'open'",
        "metric_time >= '2025-01-01'",
        "metric_time < '2025-02-10'",
        "metric_time__month = '2025-01-01'",
        "metric_time__month > '2024-11-20'",
        "metric_time__week <= '2025-01-06'",
        "metric_time__extract_month in (1, 2)",
        "metric_time__fiscal_quarter = '2025-02-01'",
        "not (stat__status = 'paid')",
        "customer__name like 'A%'",
    ];

    private static readonly Principal[] Askers =
    [
        ShopProject.Administrator,
        ShopProject.Rep("East"),
        ShopProject.Rep("East", "West"),
        ShopProject.Rep(),
    ];

    private static readonly Gen<Case> Cases =
        from rollups in Some(
            from metrics in Subset(Kept, 1, 7)
            from dimensions in Subset(Dimensions, 0, 5)
            select (metrics, dimensions),
            1,
            3
        )
        from questions in Some(
            from metrics in Subset([.. Kept, "paid_total", "eastern", "paid_part", "rest", "buyers", .. OverTime], 1, 3)
            from dimensions in Subset(Dimensions, 0, 3)
            from conditions in Subset(Conditions, 0, 2)
            from asker in Gen.Elements(Askers)
            select (new MetricRequest(metrics, dimensions, conditions, [], null), asker),
            20,
            30
        )
        from step in Gen.Choose(1, 1000)
        from rows in Gen.Elements(0, 40, 400)
        select new Case(rollups, questions, step, rows);

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 5)]
    public void Answers_with_rollups_are_those_without(bool onPostgres, int cases)
    {
        var (used, all) = (0, 0);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(2026, 11),
            Prop.ForAll(
                Cases.ToArbitrary(),
                async item =>
                {
                    var (usedNow, allNow) = await RunAsync(item, onPostgres);
                    used += usedNow;
                    all += allNow;
                }
            )
        );

        // Else the property says nothing. The cases are the same each time, so that this holds each time.
        Assert.True(used > all / 20, $"{used} of {all} answers came from rollups");
    }

    private static async Task<(int Used, int All)> RunAsync(Case item, bool onPostgres)
    {
        await using var shop = await ShopProject.OpenWithAsync(Model + Yaml(item), onPostgres);
        await shop.ChangeAsync(Rows(item), "orders");
        var without = await AskAsync(shop, item);
        await shop.BuildAsync();
        var with = await AskAsync(shop, item);
        foreach (var ((question, asker), (before, after)) in item.Questions.Zip(without.Zip(with)))
        {
            var what =
                $"{string.Join(",", question.Metrics)} by {string.Join(",", question.GroupBy)} where {string.Join(" and ", question.Where)} for {asker.Id}: {string.Join("; ", after.Answer?.Rollups ?? [])}\n{Yaml(item)}\n{after.Answer?.Sql}\n";
            Assert.True(before.Text == after.Text, $"{what}{before.Text}\n{after.Text}");
        }

        return (with.Count(found => found.Answer?.Rollups.Any(decision => decision.IsUsed) == true), with.Count);
    }

    // The rows and the types of an answer, or the code of a refusal: some are impossible, and are so with rollups too.
    private static async Task<List<(string Text, Answer? Answer)>> AskAsync(ShopProject shop, Case item)
    {
        var found = new List<(string, Answer?)>();
        foreach (var (question, asker) in item.Questions)
        {
            try
            {
                var reply = await shop.AskAsync(new MetricQuestion(question), asker);
                var types = reply.Answer.Table.Columns.Select(column => $"{column.Name} {column.Type}");
                found.Add(($"{string.Join(", ", types)}\n{reply.Text()}", reply.Answer));
            }
            catch (DiagnosticException refused)
            {
                found.Add((refused.Diagnostic.Code, null));
            }
        }

        return found;
    }

    private static string Yaml(Case item) =>
        string.Join(
            '\n',
            item.Rollups.Select(
                (rollup, index) =>
                    $"  - {{name: r{index}, metrics: [{string.Join(", ", rollup.Metrics)}], dimensions: [{string.Join(", ", rollup.Dimensions)}]}}"
            )
        );

    // Customers that are not there or not known, days that are not known, amounts that are not known.
    private static string Rows(Case item) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            DELETE FROM analytics.orders;
            INSERT INTO analytics.orders
            SELECT CAST(i AS INTEGER), CASE WHEN i % 7 = 0 THEN NULL ELSE CAST(1 + (i * {item.Step}) % 4 AS INTEGER) END,
              CASE WHEN i % 11 = 0 THEN NULL ELSE DATE '2024-11-15' + CAST((i * {item.Step} * 31) % 150 AS INTEGER) END,
              CASE (i * {item.Step}) % 3 WHEN 0 THEN 'paid' WHEN 1 THEN 'open' ELSE NULL END,
              CASE WHEN i % 5 = 0 THEN NULL ELSE CAST((i * 13) % 97 AS DECIMAL(9, 1)) / 4 END
            FROM generate_series(1, {item.Rows}) AS s(i)
            """
        );

    private static Gen<IReadOnlyList<T>> Some<T>(Gen<T> item, int least, int most) =>
        Gen.Choose(least, most).SelectMany(count => item.ListOf(count)).Select(list => (IReadOnlyList<T>)[.. list]);

    private static Gen<IReadOnlyList<string>> Subset(string[] all, int least, int most) =>
        Gen.Choose(least, most)
            .SelectMany(count => Gen.Shuffle(all).Select(items => (IReadOnlyList<string>)[.. items.Take(count)]));

    private sealed record Case(
        IReadOnlyList<(IReadOnlyList<string> Metrics, IReadOnlyList<string> Dimensions)> Rollups,
        IReadOnlyList<(MetricRequest Question, Principal Asker)> Questions,
        int Step,
        int Rows
    );
}
