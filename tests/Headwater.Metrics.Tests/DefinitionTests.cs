using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Project;
using Headwater.Project.Settings;

namespace Headwater.Metrics.Tests;

/// <summary>Mistakes in definitions, each found with its place.</summary>
public sealed class DefinitionTests
{
    private const string Model = """
        semantic_models:
          - name: orders
            model: ref('orders')
            defaults: {agg_time_dimension: ordered_at}
            entities:
              - {name: order, type: primary, expr: id}
            dimensions:
              - {name: ordered_at, type: time, type_params: {time_granularity: day}}
              - {name: status, type: categorical}
            measures:
              - {name: amount, agg: sum}

        """;

    [Theory]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {measure: amuont}}",
        "HW4002",
        "did you mean 'amount'?"
    )]
    [InlineData("metrics:\n  - {name: r, type: derived, type_params: {expr: b, metrics: [b]}}", "HW4003", null)]
    [InlineData(
        "metrics:\n  - {name: a, type: derived, type_params: {expr: b, metrics: [b]}}\n  - {name: b, type: derived, type_params: {expr: a, metrics: [a]}}",
        "HW4004",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: ranking, type_params: {measure: amount}}",
        "HW4005",
        "types: simple, ratio, derived, cumulative, conversion"
    )]
    [InlineData(
        "metrics:\n  - {name: f, type: simple, type_params: {measure: amount}, filter: \"{{ Oops('x') }} = 1\"}",
        "HW4006",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: f, type: simple, type_params: {measure: amount}, filter: \"{{ Dimension('order__statsu') }} = 1\"}",
        "HW4010",
        "did you mean 'order__status'?"
    )]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {measure: amount}}\n  - {name: M, type: simple, type_params: {measure: amount}}",
        "HW4012",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: cumulative, type_params: {measure: amount, window: soon}}",
        "HW4014",
        "for example: 7 days, 1 month"
    )]
    [InlineData(
        "models:\n  - {name: orders, time_spine: {standard_granularity_column: day}}",
        "HW4015",
        "give the column a granularity, such as day"
    )]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {measure: amount}}\n  - {name: r, type: ratio, type_params: {numerator: m, denominator: m}}\n  - {name: c, type: cumulative, input_metric: r}",
        "HW4016",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: m, agg: sum, expr: amount}",
        "HW4017",
        "move it under metrics: of the model whose column it aggregates"
    )]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {metric_aggregation_params: {semantic_model: ordres, agg: sum}, expr: amount}}",
        "HW4018",
        "did you mean 'orders'?"
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: conversion, type_params: {conversion_type_params: {base_measure: amount, conversion_measure: amount, entity: ordr}}}",
        "HW4019",
        "did you mean 'order'?"
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: cumulative, type_params: {measure: amount, window: 7 days, grain_to_date: month}}",
        "HW4020",
        "keep one of them"
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: conversion, type_params: {conversion_type_params: {base_measure: amount, conversion_measure: amount, entity: order, window: 2 seasons}}}",
        "HW4021",
        "conversions are counted within nanoseconds to years"
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: cumulative, type_params: {measure: amount, window: 2 seasons}}",
        "HW4022",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: cumulative, type_params: {measure: amount, grain_to_date: mnth}}",
        "HW4022",
        "did you mean 'month'?"
    )]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {measure: amount}}\n  - {name: d, type: derived, type_params: {expr: m, metrics: [{name: m, offset_to_grain: seasn}]}}\ncalendars:\n  - {name: season, year_starts: july}",
        "HW4022",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: m, type: simple, type_params: {measure: amount}}\n  - {name: d, type: derived, type_params: {expr: m, metrics: [{name: m, offset_window: 1 season}]}}",
        "HW4022",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: c, type: cumulative, type_params: {measure: amount, window: 7 days}}",
        "HW4023",
        "give a model with one row for each period a time_spine with standard_granularity_column"
    )]
    [InlineData(
        "metrics:\n  - {name: f, type: simple, type_params: {measure: amount}, filter: \"{{ Dimension('order__status') }} in (select s from t)\"}",
        "HW4006",
        null
    )]
    [InlineData(
        "metrics:\n  - {name: f, type: simple, type_params: {measure: amount}, filter: \"{{ Dimension('order__status') }} = 'x') or (1 = 1\"}",
        "HW4006",
        null
    )]
    [InlineData("calendars:\n  - {name: us, week_starts: sunday}\n  - {name: us, week_starts: friday}", "HW4012", null)]
    [InlineData("calendars:\n  - {name: fiscal, year_starts: jully}", "HW1008", null)]
    [InlineData("metrics:\n  - {name: m, type: simple}", "HW1006", null)]
    [InlineData("metrics: 5", "HW1005", null)]
    public void A_wrong_metric_is_reported(string yaml, string code, string? hint)
    {
        var (_, diagnostics) = Load(Model + yaml);

        var found = Assert.Single(diagnostics, item => item.Code == code);
        Assert.Equal("models/m.yml", found.Location!.File);
        Assert.True(found.Location.Line > 0);
        if (hint is not null)
        {
            Assert.Equal(hint, found.Hint);
        }
    }

    [Theory]
    [InlineData("{name: r, metrics: [totl], dimensions: []}", "HW4101", "did you mean 'total'?")]
    [InlineData("{name: r, metrics: [total], dimensions: [order__statsu]}", "HW4102", "did you mean 'order__status'?")]
    [InlineData("{name: r, metrics: [total], dimensions: [metric_time__hour]}", "HW4106", null)]
    [InlineData("{name: r, metrics: [middle], dimensions: []}", "HW4040", null)]
    [InlineData("{name: r, metrics: [ids], dimensions: []}", "HW4040", null)]
    [InlineData("{name: r, metrics: [open], dimensions: [metric_time__month]}", "HW4042", "add it to the dimensions")]
    [InlineData("{name: r, metrics: [], dimensions: []}", "HW1006", null)]
    [InlineData("{name: r, metrics: [total], dimension: [order__status]}", "HW1007", null)]
    [InlineData("{name: r, metrics: [total]}\n  - {name: R, metrics: [total]}", "HW4012", null)]
    public void A_wrong_rollup_is_reported(string rollup, string code, string? hint)
    {
        const string metrics = """
                  - {name: ids, agg: count_distinct, expr: id}
                  - {name: middle, agg: median, expr: amount}
            metrics:
              - {name: total, type: simple, type_params: {measure: amount}}
              - {name: ids, type: simple, type_params: {measure: ids}}
              - {name: middle, type: simple, type_params: {measure: middle}}
              - {name: open, type: simple, type_params: {measure: amount}, filter: "{{ Dimension('order__status') }} = 'open'"}
            rollups:

            """;
        var text = Model.TrimEnd('\n') + "\n" + metrics + "  - " + rollup;
        var (_, diagnostics) = Load(text);

        var found = Assert.Single(diagnostics);
        Assert.Equal(code, found.Code);
        Assert.Equal("models/m.yml", found.Location!.File);
        Assert.Equal(text.Split('\n').Length, found.Location.Line);
        if (hint is not null)
        {
            Assert.Contains(hint, found.Hint, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ref('ordres')", "HW4001")]
    [InlineData("orders", "HW4009")]
    public void A_semantic_model_must_describe_a_model(string model, string code)
    {
        var (_, diagnostics) = Load(Model.Replace("ref('orders')", model, StringComparison.Ordinal));

        Assert.Contains(diagnostics, item => item.Code == code);
    }

    [Fact]
    public void Metrics_may_be_defined_in_any_order_and_name_each_other()
    {
        var (model, diagnostics) = Load(
            Model
                + """
                metrics:
                  - {name: half, type: derived, type_params: {expr: total / 2, metrics: [{name: revenue, alias: total}]}}
                  - {name: revenue, type: simple, type_params: {measure: amount}}
                """
        );

        Assert.Empty(diagnostics);
        Assert.Equal(["half", "revenue"], model.Metrics.Select(metric => metric.Name));
    }

    private static (MetricModel Model, IReadOnlyList<Diagnostic> Diagnostics) Load(string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("headwater-metrics-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "dbt_project.yml"), "name: shop\n");
            Directory.CreateDirectory(Path.Combine(folder, "models"));
            File.WriteAllText(Path.Combine(folder, "models", "m.yml"), yaml);
            var diagnostics = new DiagnosticBag();
            var project = ProjectFolder.Load(new ProjectOptions(folder, null, SettingOverrides.None), diagnostics)!;
            return (MetricModel.Load(project, new Orders(), diagnostics), diagnostics.Sorted());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Orders : IModelRelations
    {
        public IReadOnlyCollection<string> Names => ["orders"];

        public RelationName? Find(string modelName) =>
            modelName == "orders" ? new RelationName("analytics", "orders") : null;
    }
}
