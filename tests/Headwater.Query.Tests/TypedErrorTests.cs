using System.Reflection;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics;
using Headwater.Metrics.Requests;
using Headwater.Query.Reconciling;

namespace Headwater.Query.Tests;

/// <summary>Every way in which a question about metrics can be impossible, with what it says would be possible.</summary>
public sealed class TypedErrorTests
{
    private const string Properties = """
        semantic_models:
          - name: trips
            model: ref('order_names')
            defaults: {agg_time_dimension: left_on}
            entities:
              - {name: trip, type: primary, expr: order_id}
              - {name: origin, type: foreign, expr: order_id}
              - {name: goal, type: foreign, expr: order_id}
            dimensions:
              - {name: left_on, type: time, expr: "date '2025-01-01'", type_params: {time_granularity: month}}
              - {name: mode, type: categorical, expr: name}
            measures:
              - {name: trip_count, agg: count, expr: order_id}
          - name: origins
            model: ref('products')
            entities: [{name: origin, type: primary, expr: product_id}, {name: place, type: foreign, expr: product_id}]
          - name: goals
            model: ref('products')
            entities: [{name: goal, type: primary, expr: product_id}, {name: place, type: foreign, expr: product_id}]
          - name: places
            model: ref('products')
            entities: [{name: place, type: primary, expr: product_id}]
            dimensions: [{name: colour, type: categorical, expr: title}]
        metrics:
          - {name: trips, type: simple, type_params: {measure: trip_count}}
          - {name: revenue_before, type: derived, type_params: {expr: r, metrics: [{name: revenue, alias: r, offset_window: 1 month}]}}
          - name: circular
            type: simple
            type_params: {measure: order_count}
            filter: "{{ Metric('circular', group_by=['customer']) }} > 1"
          - {name: both, type: derived, type_params: {expr: revenue + trips, metrics: [revenue, trips]}}
        """;

    private static MetricRequest Ask(
        string metrics,
        string groupBy = "",
        string where = "",
        string order = "",
        int? limit = null
    ) => new(Split(metrics), Split(groupBy), where.Length == 0 ? [] : [where], Split(order), limit);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The question, the code, and what is offered first: "-" for nothing.</summary>
    private static readonly (MetricRequest Request, string Code, string First)[] Cases =
    [
        (Ask("revenu"), "HW4101", "revenue"),
        (Ask("revenue", "customer__regin"), "HW4102", "customer__region"),
        (Ask("trips", "place__colour"), "HW4103", "origin__place__colour"),
        (Ask("revenue", "", "customer__region ="), "HW4104", "-"),
        (Ask("revenue", "customer__region__month"), "HW4105", "customer__region"),
        (Ask("trips", "metric_time__day"), "HW4106", "metric_time__month"),
        (Ask("revenue", "", "metric_time = 'soon'"), "HW4107", "-"),
        (Ask("revenue", "customer__region", order: "-revenu"), "HW4108", "revenue"),
        (Ask(""), "HW4109", "-"),
        (Ask("revenue", limit: 0), "HW4110", "-"),
        (Ask("", "trip__mode customer__region"), "HW4111", "-"),
        (Ask("", "order__status visit__visited_at"), "HW4111", "-"),
        (Ask("revenue revenue"), "HW4114", "-"),
        (Ask("trips", "customer__region"), "HW4116", "trip__left_on"),
        (Ask("revenue_before"), "HW4117", "metric_time__month"),
        (Ask("revenue__running_total"), "HW4117", "metric_time__month"),
        (Ask("revenue_before", "metric_time__month"), "HW4119", "-"),
        (Ask("") with { SavedQuery = "none" }, "HW4120", "-"),
        (Ask("revenue", "customer__region") with { BoundsOnly = true }, "HW4122", "-"),
        (Ask("circular"), "HW4123", "-"),
        (Ask("visitors__share", "customer__region"), "HW4124", "visitors__rank"),
        (Ask("revenue__1_day_ago", "metric_time__month"), "HW4125", "revenue__previous_period"),
        (Ask("revenue__target"), "HW4126", "-"),
    ];

    // What cannot be asked by a request of these tables alone, and where it is tested.
    private static readonly string[] TestedElsewhere =
    [
        "HW4112", // rows of a metric over several tables: below
        "HW4113", // a range in a dashboard's filter
        "HW4115", // a row rule out of reach: below
        "HW4118", // a grain that nobody has: definitions with one do not load (HW4022), and in a question it is an unknown dimension
        "HW4121", // one name for two paths, which needs two models with an entity in common
        "HW4130", // what cannot be reconciled: ReconcileTests
        "HW4131", // below
    ];

    private static Task<ShopProject> OpenAsync() => ShopProject.OpenWithAsync(Properties, onPostgres: false);

    private static async Task<Diagnostic> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<DiagnosticException>(work)).Diagnostic;

    [Fact]
    public async Task Each_impossible_question_says_why_and_what_would_be_possible()
    {
        await using var shop = await OpenAsync();
        var found = new List<string>();
        foreach (var (request, _, _) in Cases)
        {
            var problem = await RefusalAsync(() =>
                shop.AskAsync(new MetricQuestion(request), ShopProject.Administrator)
            );
            found.Add($"{string.Join(' ', request.Metrics)} {problem.Code} {problem.Candidates.FirstOrDefault("-")}");
            Assert.True(problem.Candidates.Count == 0 || problem.Hint is not null, problem.ToString());
        }

        Assert.Equal(Cases.Select(item => $"{string.Join(' ', item.Request.Metrics)} {item.Code} {item.First}"), found);
    }

    [Fact]
    public void No_kind_of_refusal_is_left_out()
    {
        var all = typeof(MetricDiagnostics)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .Where(descriptor => descriptor.Audience == Audience.Viewer)
            .Select(descriptor => descriptor.Code);
        Assert.Equal(
            all.Order(StringComparer.Ordinal),
            Cases.Select(item => item.Code).Concat(TestedElsewhere).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await using var shop = await OpenAsync();
        var request = Ask("revenu", "customer__regin", "status =", "", 0);
        var problem = await Assert.ThrowsAsync<DiagnosticException>(() =>
            shop.AskAsync(new MetricQuestion(request), ShopProject.Administrator)
        );
        Assert.Equal(["HW4110", "HW4101", "HW4104"], problem.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public async Task Rows_of_several_tables_are_offered_one_by_one()
    {
        await using var shop = await OpenAsync();
        var problem = await RefusalAsync(() =>
            shop.AskAsync(new RowsQuestion("both", [], 10), ShopProject.Administrator)
        );
        Assert.Equal(("HW4112", "revenue, trips"), (problem.Code, string.Join(", ", problem.Candidates)));
    }

    [Fact]
    public async Task What_a_rule_hides_is_not_offered()
    {
        await using var shop = await OpenAsync();
        var problem = await RefusalAsync(() =>
            shop.AskAsync(new MetricQuestion(Ask("trips")), ShopProject.Rep("East"))
        );
        Assert.Equal(("HW4115", 0), (problem.Code, problem.Candidates.Count));
    }

    [Fact]
    public async Task A_key_that_a_table_lacks_is_told_with_those_that_it_has()
    {
        await using var shop = await OpenAsync();
        var request = new ReconcileRequest(new MetricSide("revenue"), new MetricSide("orders")) { Entity = "ordr" };
        var problem = await RefusalAsync(async () =>
            await shop.Gate.ReconcileAsync(
                new ReconcileInquiry(request, ShopProject.Administrator, QuestionPath.Api, null),
                default
            )
        );
        Assert.Equal(("HW4131", "order"), (problem.Code, problem.Candidates[0]));
    }
}
