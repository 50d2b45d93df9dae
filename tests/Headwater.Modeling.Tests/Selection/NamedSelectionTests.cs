using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Tests.Selection;

public sealed class NamedSelectionTests
{
    private static TestProject Project(string selectors = "") =>
        new(
            (
                "models/all.yml",
                """
                groups: [{name: finance, owner: {email: f@example.com}}]
                models:
                  - {name: a, config: {group: finance, access: private, tags: [nightly]}}
                  - {name: b, config: {group: finance, access: public}}
                  - name: v
                    latest_version: 2
                    versions: [{v: 1}, {v: 2}, {v: 3}]
                exposures:
                  - {name: page, type: dashboard, depends_on: [ref('b')], owner: {email: p@example.com}}
                unit_tests:
                  - {name: adds, model: b, given: [], expect: {rows: []}}
                """
            ),
            ("models/a.sql", "select 1 as x"),
            ("models/b.sql", "{{ config(materialized='table') }}select * from {{ ref('a') }}"),
            ("models/v_v1.sql", "select 1 as x"),
            ("models/v_v2.sql", "select 2 as x"),
            ("models/v_v3.sql", "select 3 as x"),
            ("selectors.yml", selectors)
        );

    [Theory]
    [InlineData("group:finance", "a b adds")]
    [InlineData("access:private", "a")]
    [InlineData("access:protected", "v v v")]
    [InlineData("version:latest", "v.v2")]
    [InlineData("version:prerelease", "v.v3")]
    [InlineData("version:old", "v.v1")]
    [InlineData("version:3", "v.v3")]
    [InlineData("exposure:page", "page")]
    [InlineData("+exposure:page", "a b adds page")]
    [InlineData("unit_test:adds", "adds")]
    [InlineData("test_type:unit", "adds")]
    [InlineData("resource_type:exposure", "page")]
    [InlineData("package:this,tag:nightly", "a")]
    [InlineData("metric:revenue", "")]
    public async Task A_method_selects(string selection, string expected)
    {
        await using var project = Project();
        Assert.Equal(Sorted(expected), Select(project, [selection], expected.Contains('.', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{method: tag, value: nightly}", "a")]
    [InlineData("{tag: nightly}", "a")]
    [InlineData("'a+1'", "a adds b")]
    [InlineData("{method: fqn, value: b, parents: true}", "a adds b")]
    [InlineData("{method: fqn, value: a, children: true, children_depth: 1}", "a adds b")]
    [InlineData("{union: [{tag: nightly}, {method: access, value: public}]}", "a adds b")]
    [InlineData(
        "{intersection: [{method: group, value: finance}, {method: config.materialized, value: table}]}",
        "adds b"
    )]
    [InlineData("{union: [{method: group, value: finance}, {exclude: [{method: fqn, value: b}]}]}", "a")]
    [InlineData("{method: group, value: finance, exclude: [{tag: nightly}]}", "adds b")]
    [InlineData("{method: selector, value: other}", "a")]
    public async Task A_selector_selects_what_it_says(string definition, string expected)
    {
        await using var project = Project(
            $"selectors:\n  - {{name: mine, definition: {definition}}}\n  - {{name: other, definition: {{tag: nightly}}}}\n"
        );
        Assert.Equal(expected, Select(project, ["selector:mine"]));
    }

    [Fact]
    public async Task The_default_selector_stands_where_nothing_is_selected()
    {
        await using var project = Project("selectors: [{name: mine, default: true, definition: {tag: nightly}}]\n");
        Assert.Equal("a", Select(project, []));
    }

    [Theory]
    [InlineData("selector:none", "did you mean 'one'?")]
    [InlineData("selector:one", "it leads back to itself")]
    public async Task A_selector_that_is_none_or_a_circle_is_said(string selection, string words)
    {
        await using var project = Project(
            "selectors:\n  - {name: one, definition: {method: selector, value: two}}\n  - {name: two, definition: {method: selector, value: one}}\n"
        );
        var failure = Assert.Throws<DiagnosticException>(() => Select(project, [selection]));
        Assert.Equal("HW2117", failure.Diagnostic.Code);
        Assert.Contains(words, failure.Diagnostic.ToString(), StringComparison.Ordinal);
    }

    internal static string Select(
        TestProject project,
        IReadOnlyList<string> selection,
        bool withVersions = false,
        SelectionState? state = null
    ) =>
        Sorted(
            string.Join(
                ' ',
                ModelBuilder
                    .Select(project.LoadClean(), selection, [], state)
                    .Select(node => withVersions ? string.Join('.', node.UniqueId.Split('.').Skip(2)) : node.Name)
            )
        );

    private static string Sorted(string names) =>
        string.Join(' ', names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
