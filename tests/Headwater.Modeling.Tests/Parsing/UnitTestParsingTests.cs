using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Tests.Parsing;

public sealed class UnitTestParsingTests
{
    private static readonly (string Path, string Text)[] Models =
    [
        ("models/orders.sql", "select 1 as id, 2 as amount"),
        ("models/sources.yml", "sources: [{name: crm, tables: [{name: people}]}]"),
        (
            "models/totals.sql",
            "select sum(amount) as total from {{ ref('orders') }}, {{ source('crm', 'people') }}, {{ this }}"
        ),
    ];

    [Fact]
    public async Task Rows_are_read_in_every_form()
    {
        await using var project = new TestProject([
            .. Models,
            (
                "models/tests.yml",
                """
                unit_tests:
                  - name: adds_up
                    model: totals
                    description: Amounts are added
                    given:
                      - input: ref('orders')
                        rows:
                          - {id: 1, amount: 2.5}
                          - {id: 2, amount: null}
                      - input: source('crm', 'people')
                        format: csv
                        rows: |
                          id,name
                          1,"a, b"
                          2,
                      - input: this
                        format: sql
                        rows: select 1 as total
                    expect:
                      format: csv
                      fixture: expected_totals
                    overrides:
                      macros: {is_incremental: true, shop.name: x}
                      vars: {region: EU}
                      env_vars: {MODE: test}
                    config: {tags: nightly}
                """
            ),
            ("tests/fixtures/expected_totals.csv", "total\n3\n"),
        ]);
        var test = Assert.Single(project.LoadClean().UnitTests);
        Assert.Equal("unit_test.shop.totals.adds_up", test.UniqueId);
        Assert.Equal(["model.shop.totals"], test.DependsOn);
        Assert.Equal(["model.shop.orders", "source.shop.crm.people", null], test.Given.Select(input => input.NodeId));
        Assert.Equal("{'id': 1, 'amount': 2.5} {'id': 2, 'amount': None}", Rows(test.Given[0].Rows));
        Assert.Equal("{'id': '1', 'name': 'a, b'} {'id': '2', 'name': None}", Rows(test.Given[1].Rows));
        Assert.Equal("select 1 as total", Assert.IsType<UnitTestQuery>(test.Given[2].Rows).Sql);
        Assert.Equal("{'total': '3'}", Rows(test.Expect));
        Assert.True(test.IsIncremental);
        Assert.Equal("EU", test.VariableOverrides["region"]);
        Assert.Equal("test", test.EnvironmentOverrides["MODE"]);
        Assert.Equal(["nightly"], test.Tags);
    }

    [Theory]
    [InlineData("{name: t, model: totls, given: [], expect: {rows: []}}", "HW2101")]
    [InlineData("{name: t, model: totals, given: [{input: ref('nothing'), rows: []}], expect: {rows: []}}", "HW2101")]
    [InlineData("{name: t, model: totals, given: [{input: orders, rows: []}], expect: {rows: []}}", "HW2122")]
    [InlineData("{name: t, model: totals, given: []}", "HW2122")]
    [InlineData("{name: t, model: totals, given: [], expect: {format: csv, fixture: gone}}", "HW2122")]
    [InlineData("{name: t, model: totals, given: [], expect: {format: xml, rows: ''}}", "HW2109")]
    public async Task What_is_wrong_with_a_unit_test_is_said(string written, string code)
    {
        await using var project = new TestProject([.. Models, ("models/tests.yml", $"unit_tests:\n  - {written}\n")]);
        Assert.Equal(code, project.Load().Diagnostics.Codes());
    }

    private static string Rows(UnitTestRows rows) =>
        string.Join(' ', Assert.IsType<UnitTestTable>(rows).Rows.Select(row => Text.Repr(row)));
}
