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
