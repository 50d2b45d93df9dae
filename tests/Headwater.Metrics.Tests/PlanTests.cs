using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Tests.Specifications;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Tests;

/// <summary>What plans read, and how: few scans, few columns, bare times.</summary>
public sealed class PlanTests
{
    private static readonly MetricModel Model = Specification.Read("row_rules.yml").Load();

    [Fact]
    public void Metrics_of_one_table_are_read_in_one_scan()
    {
        var plan = Plan(["revenue", "running"], [], []);

        Assert.Equal("orders", Assert.Single(Scans(plan.Root)).Relation.Name);
    }

    [Fact]
    public void Only_columns_that_are_used_are_read()
    {
        var plan = Plan(["revenue"], ["customer__region"], ["metric_time >= '2025-01-01'"]);

        var scans = Scans(plan.Root)
            .ToDictionary(
                scan => scan.Relation.Name,
                scan => string.Join(", ", scan.Columns.Select(column => column.Expression).Order())
            );
        Assert.Equal("amount, customer_id, ordered_at", scans["orders"]);
        Assert.Equal("id, region", scans["customers"]);
        Assert.Equal("amount", Assert.Single(Scans(Plan(["revenue"], [], []).Root)).Columns.Single().Expression);
    }

    [Theory]
    [InlineData("metric_time__month = '2025-01-01'", "c3 >= $1 AND c3 < $2")]
    [InlineData("order__ordered_at > '2025-01-31'", "c3 >= $1")]
    [InlineData("cast(metric_time as timestamp) < cast('2025-01-31' as timestamp)", "c3 < $1")]
    public void A_filter_on_time_is_a_range_of_the_bare_column(string where, string expected)
    {
        var sql = new MetricCompiler(Model, DuckDbDialect.Instance)
            .Compile(new MetricRequest(["revenue"], [], [where], [], null), AccessRules.None)
            .Sql;

        Assert.Contains(expected, sql.Text, StringComparison.Ordinal);
        Assert.Contains("\"ordered_at\" AS c3", sql.Text, StringComparison.Ordinal);
        Assert.All(sql.Parameters, value => Assert.IsType<DateOnly>(value));
    }

    [Fact]
    public void Every_table_that_is_read_is_named()
    {
        var plan = Plan(["conversions", "filled", "good_customers"], ["metric_time__day"], []);

        Assert.Equal(
            ["customers", "days", "orders", "visits"],
            plan.Relations.Select(relation => relation.Name).Order()
        );
    }

    private static MetricPlan Plan(string[] metrics, string[] groupBy, string[] where) =>
        new MetricPlanner(Model).Plan(
            new QueryBinder(Model).Bind(new MetricRequest(metrics, groupBy, where, [], null)),
            AccessRules.None
        );

    private static IEnumerable<ScanNode> Scans(PlanNode node) =>
        node is ScanNode scan ? [scan] : node.Inputs.SelectMany(Scans);
}
