namespace Headwater.Modeling.Tests;

public sealed class DiagnosticsTests
{
    private static async Task<IReadOnlyList<string>> LoadAsync(params (string Path, string Text)[] files)
    {
        await using var project = new TestProject(files);
        return [.. project.Load().Diagnostics.Select(diagnostic => diagnostic.ToString())];
    }

    [Fact]
    public async Task Arguments_that_a_test_has_not_are_told_where_each_is_written()
    {
        var found = await LoadAsync(
            ("models/orders.sql", "select 1 as id, 2 as kind"),
            (
                "models/schema.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests:
                          - accepted_values: {valuess: [1]}
                      - name: kind
                        data_tests:
                          - accepted_values: {valuess: [1]}
                """
            )
        );
        Assert.Equal(2, found.Count);
        Assert.StartsWith(
            "models/schema.yml:6:13: error HW2013: The test 'accepted_values_orders_id__1' cannot be called: macro 'accepted_values' takes no keyword argument 'valuess'",
            found[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "models/schema.yml:9:13: error HW2013: The test 'accepted_values_orders_kind__1'",
            found[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_project_with_many_mistakes_reports_them_all_with_their_places()
    {
        var found = await LoadAsync(
            ("models/orders.sql", "select * from {{ ref('ordrs_raw') }}"),
            ("seeds/orders_raw.csv", "id\n1\n"),
            ("models/one.sql", "select * from {{ ref('two') }}"),
            ("models/two.sql", "select * from {{ ref('one') }}"),
            ("models/broken.sql", "select 1\n{% if true %}\n"),
            ("models/a/twice.sql", "select 1"),
            ("models/b/twice.sql", "select 2"),
            ("models/from_source.sql", "select * from {{ source('crm', 'peple') }}"),
            ("models/uses_macro.sql", "select\n  {{ no_such_macro(1) }}"),
            ("models/bad_config.sql", "{{ config(materialized='tabel') }}select 1"),
            ("models/needs_var.sql", "select {{ var('region') }}"),
            ("models/raises.sql", "{% if true %}{{ exceptions.raise_compiler_error('not like this') }}{% endif %}"),
            (
                "models/schema.yml",
                """
                sources: [{name: crm, tables: [{name: people}]}]
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests:
                          - uniqe
                          - relationships: {to: ref('customrs'), field: id}
                  - name: ordres
                    description: nothing
                  - name: one
                    columns: 5
                """
            )
        );
        const string expected = """
            models/b/twice.sql:1:1: error HW2104: The model 'twice' is defined here and in models/a/twice.sql. (names are unique over all installed packages; rename one of them)
            models/bad_config.sql: error HW2109: 'tabel' is not accepted for the config 'materialized'. (accepted: table, view, incremental, materialized_view, ephemeral)
            models/broken.sql:2:4: error HW2003: '{% if %}' is never closed. (add {% elif %} or {% else %} or {% endif %})
            models/from_source.sql:1:18: error HW2102: There is no source table 'crm.peple'. (did you mean 'crm.people'?)
            models/needs_var.sql:1:11: error HW2114: The variable 'region' is not set. (set it under vars: in dbt_project.yml or with --vars, or give var() a default)
            models/one.sql:1:18: error HW2103: These models read each other in a circle: one → two → one (break the circle by moving what they share into a model of its own)
            models/orders.sql:1:18: error HW2101: There is no model, seed or snapshot 'ordrs_raw'. (did you mean 'orders_raw'?)
            models/raises.sql:1:28: error HW2112: not like this
            models/schema.yml:7:13: error HW2107: There is no generic test 'uniqe'. (did you mean 'unique'?)
            models/schema.yml:8:13: error HW2101: There is no model, seed or snapshot 'customrs'. (known: bad_config, from_source, needs_var, one, orders, orders_raw, raises, twice, and 2 more)
            models/schema.yml:9:11: warning HW2108: There is no model 'ordres' that these properties could belong to. (did you mean 'orders'?)
            models/schema.yml:12:14: error HW1005: 'columns' must be a list of mappings, but this is a whole number. (for example columns: followed by one indented line for each, beginning with '- ')
            models/uses_macro.sql:2:6: error HW2106: There is no macro 'no_such_macro'. (define it under macros/, or install the package that has it)
            """;
        Assert.Equal(expected, string.Join('\n', found));
    }

    [Fact]
    public async Task Properties_whose_name_cannot_be_read_are_one_mistake() =>
        Assert.Equal(
            "models/s.yml:2:11: error HW1005: 'name' must be a text, but this is a list. (for example name: some_text, in quotes if it holds brackets, braces or a colon)",
            Assert.Single(
                await LoadAsync(("models/a.sql", "select 1"), ("models/s.yml", "models:\n  - name: [a, list]\n"))
            )
        );

    [Fact]
    public async Task A_variable_that_is_nearly_right_is_offered() =>
        Assert.Contains(
            "did you mean 'region'?",
            Assert.Single(
                await LoadAsync(
                    ("dbt_project.yml", "name: shop\nvars: {region: west}"),
                    ("models/a.sql", "select {{ var('regin') }}")
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_disabled_model_cannot_be_read() =>
        Assert.StartsWith(
            "models/b.sql:1:18: error HW2111: 'a' is disabled, but read here.",
            Assert.Single(
                await LoadAsync(
                    ("models/a.sql", "{{ config(enabled=false) }}select 1"),
                    ("models/b.sql", "select * from {{ ref('a') }}")
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Two_models_cannot_be_the_same_table() =>
        Assert.Contains(
            "HW2105: 'b' would be built as analytics.a, and so would 'a'.",
            Assert.Single(
                await LoadAsync(("models/a.sql", "select 1"), ("models/b.sql", "{{ config(alias='a') }}select 1"))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_mistake_in_a_macro_is_shown_in_the_macro_with_its_callers() =>
        Assert.Equal(
            "macros/m.sql:1:21: error HW2011: unsupported operand type(s) for +: 'int' and 'str' (in macro 'm' called at models/a.sql:1:11)",
            Assert.Single(
                await LoadAsync(
                    ("macros/m.sql", "{% macro m() %}{{ 1 + 'a' }}{% endmacro %}"),
                    ("models/a.sql", "select {{ m() }}")
                )
            )
        );

    [Fact]
    public async Task Mistakes_in_configuration_templates_have_places_in_their_yaml() =>
        Assert.StartsWith(
            "dbt_project.yml:3:15: error HW2114",
            Assert.Single(
                await LoadAsync(
                    ("dbt_project.yml", "name: shop\nmodels:\n  +schema: \"{{ var('nowhere') }}\"\n"),
                    ("models/a.sql", "select 1")
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_test_written_wrongly_says_how_it_is_written() =>
        Assert.Contains(
            "HW2116",
            Assert.Single(
                await LoadAsync(
                    ("models/a.sql", "select 1 as x"),
                    ("models/s.yml", "models: [{name: a, columns: [{name: x, tests: [{unique: 5}]}]}]")
                )
            ),
            StringComparison.Ordinal
        );
}
