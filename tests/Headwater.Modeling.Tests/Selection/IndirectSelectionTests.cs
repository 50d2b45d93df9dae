using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Tests.Selection;

/// <summary>Which tests come along with what is selected, and what becomes of those that lack something.</summary>
public sealed class IndirectSelectionTests
{
    private static readonly (string Path, string Text)[] Shop =
    [
        ("models/raw.sql", "select 1 as id"),
        ("models/orders.sql", "select id from {{ ref('raw') }}"),
        ("models/customers.sql", "select 1 as id"),
        (
            "models/s.yml",
            """
            models:
              - name: orders
                columns: [{name: id, tests: [unique]}]
            """
        ),
        (
            "tests/known.sql",
            "select * from {{ ref('orders') }} where id not in (select id from {{ ref('customers') }})"
        ),
        ("tests/kept.sql", "select * from {{ ref('orders') }} where id not in (select id from {{ ref('raw') }})"),
    ];

    [Theory]
    [InlineData(IndirectSelection.Eager, "orders", "kept known orders unique_orders_id")]
    [InlineData(IndirectSelection.Cautious, "orders", "orders unique_orders_id")]
    [InlineData(IndirectSelection.Cautious, "orders customers", "customers known orders unique_orders_id")]
    [InlineData(IndirectSelection.Buildable, "orders", "kept orders unique_orders_id")]
    [InlineData(IndirectSelection.Empty, "orders", "orders")]
    [InlineData(IndirectSelection.Empty, "orders known", "known orders")]
    public async Task The_mode_says_which_tests_come_along(IndirectSelection mode, string select, string expected)
    {
        await using var project = new TestProject(Shop);
        var nodes = ModelBuilder.Select(project.LoadClean(), [select], [], null, mode);
        Assert.Equal(expected, string.Join(' ', nodes.Select(node => node.Name).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("{method: fqn, value: orders, indirect_selection: cautious}", "orders unique_orders_id")]
    [InlineData(
        "{union: [{method: fqn, value: orders, indirect_selection: empty}, {method: fqn, value: customers, indirect_selection: empty}]}",
        "customers orders"
    )]
    public async Task A_named_selection_says_its_own_mode(string definition, string expected)
    {
        await using var project = new TestProject([
            .. Shop,
            ("selectors.yml", $"selectors: [{{name: mine, definition: {definition}}}]\n"),
        ]);
        Assert.Equal(expected, NamedSelectionTests.Select(project, ["selector:mine"]));
    }

    [Fact]
    public async Task A_mode_that_is_none_is_said()
    {
        await using var project = new TestProject([
            .. Shop,
            (
                "selectors.yml",
                "selectors: [{name: mine, definition: {method: fqn, value: orders, indirect_selection: bold}}]\n"
            ),
        ]);
        Assert.Equal("HW2123", project.Load().Diagnostics.Codes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_test_that_lacks_a_relation_is_skipped_and_holds_nothing_back(bool atomic)
    {
        await using var project = new TestProject(Shop);
        var result = await project.BuildAsync(new BuildOptions { Select = ["+orders"], Atomic = atomic });
        Assert.True(result.Succeeded);
        Assert.Equal(["raw", "orders"], result.Published.Select(relation => relation.Name));
        Assert.Contains("known:Skipped", result.Statuses(), StringComparison.Ordinal);
        Assert.Contains("kept:Success", result.Statuses(), StringComparison.Ordinal);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal("HW2138", warning.Code);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("model customers", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_of_which_nothing_is_there_fails()
    {
        await using var project = new TestProject(Shop);
        var result = await project.BuildAsync(new BuildOptions { Select = ["known"], Kinds = BuildKinds.Tests });
        Assert.False(result.Succeeded);
        Assert.Equal("known:Error", result.Statuses());
    }

    [Fact]
    public async Task A_test_of_what_an_earlier_build_left_runs()
    {
        await using var project = new TestProject(Shop);
        Assert.True((await project.BuildAsync(new BuildOptions { Select = ["customers"] })).Succeeded);
        var result = await project.BuildAsync(new BuildOptions { Select = ["+orders"] });
        Assert.Empty(result.Diagnostics);
        Assert.Contains("known:Success", result.Statuses(), StringComparison.Ordinal);
    }
}
