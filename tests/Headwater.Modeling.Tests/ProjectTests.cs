using Headwater.Jinja.Values;
using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests;

public sealed class ProjectTests
{
    [Fact]
    public async Task Config_comes_from_project_file_properties_and_model_nearest_last()
    {
        await using var project = new TestProject(
            (
                "dbt_project.yml",
                """
                name: shop
                vars: {mart: marts}
                models:
                  +tags: everything
                  shop:
                    +materialized: view
                    staging:
                      +tags: [raw]
                      materialized: ephemeral
                    marts:
                      +materialized: table
                      +schema: "{{ var('mart') }}"
                      +meta: {owner: finance, tier: 1}
                """
            ),
            ("models/staging/s.sql", "select 1 as x"),
            (
                "models/marts/m.sql",
                "{{ config(tags='own', alias='m_final', meta={'tier': 2}) }}select * from {{ ref('s') }}"
            ),
            ("models/marts/v.sql", "{{ config(materialized='view') }}select 1 as x"),
            (
                "models/p.yml",
                "models: [{name: m, description: The mart, config: {tags: [listed]}}, {name: v, config: {materialized: table, schema: other}}]"
            )
        );
        var manifest = project.LoadClean();
        var s = manifest.Models.Single(model => model.Name == "s");
        var m = manifest.Models.Single(model => model.Name == "m");
        var v = manifest.Models.Single(model => model.Name == "v");
        Assert.True(s.IsEphemeral);
        Assert.Equal(["everything", "raw"], s.Tags);
        Assert.Equal(["everything", "listed", "own"], m.Tags);
        Assert.Equal("analytics_marts.m_final", m.Relation.ToString());
        Assert.Equal("{'owner': 'finance', 'tier': 2}", Text.Repr(m.Meta));
        Assert.Equal("The mart", m.Description);
        Assert.Equal("view", v.Config.Materialized);
        Assert.Equal("analytics_other.v", v.Relation.ToString());
        Assert.Equal(["model.shop.s"], m.DependsOn);
        Assert.Null(manifest.RelationOf("s"));
        Assert.Equal(m.Relation, manifest.RelationOf("m"));
    }

    [Fact]
    public async Task A_project_overrides_how_schemas_are_named()
    {
        await using var project = new TestProject(
            (
                "macros/naming.sql",
                "{% macro generate_schema_name(custom_schema_name, node) -%}{{ custom_schema_name or 'plain' }}_{{ node.resource_type }}{%- endmacro %}"
            ),
            ("models/a.sql", "{{ config(schema='x') }}select 1"),
            ("models/b.sql", "select 1"),
            ("seeds/c.csv", "x\n1\n")
        );
        var relations = project.LoadClean().Models.Select(model => model.Relation.ToString());
        Assert.Equal(["x_model.a", "plain_model.b"], relations);
    }

    [Fact]
    public async Task A_project_overrides_naming_through_dispatch_and_falls_back_on_the_default()
    {
        await using var project = new TestProject(
            (
                "macros/naming.sql",
                """
                {% macro default__generate_schema_name(custom_schema_name, node) -%}
                    {{ custom_schema_name or 'plain' }}_{{ node.resource_type }}
                {%- endmacro %}
                {% macro generate_alias_name(custom_alias_name, node) -%}
                    {{ default__generate_alias_name(custom_alias_name, node) }}_{{ node.fqn | length }}
                {%- endmacro %}
                {% macro duckdb__generate_database_name(custom_database_name, node) -%}
                    {{ dbt.default__generate_database_name(none, node) }}
                {%- endmacro %}
                """
            ),
            ("models/a.sql", "{{ config(schema='x', alias='first', database='elsewhere') }}select 1"),
            ("models/deep/b.sql", "select 1")
        );
        var models = project.LoadClean().Models;
        Assert.Equal(["x_model.first_2", "plain_model.b_3"], models.Select(model => model.Relation.ToString()));
        Assert.All(models, model => Assert.Null(model.Database));
    }

    private static TestProject WithPackage(params (string Path, string Text)[] files) =>
        new([
            ("packages.yml", "packages: [{local: tools}]"),
            (
                "tools/dbt_project.yml",
                "name: tools\nvars: {size: 3, colour: red}\nmodels: {tools: {+materialized: table}}"
            ),
            (
                "tools/macros/tools.sql",
                """
                {% macro star(x) %}{{ return(adapter.dispatch('star', 'tools')(x)) }}{% endmacro %}
                {% macro default__star(x) %}default {{ x }}{% endmacro %}
                {% macro duckdb__other(x) %}duck {{ x }}{% endmacro %}
                {% macro default__other(x) %}default {{ x }}{% endmacro %}
                {% macro other(x) %}{{ adapter.dispatch('other', 'tools')(x) }}{% endmacro %}
                {% macro helper() %}helped{% endmacro %}
                {% macro uses_helper() %}{{ helper() }}{% endmacro %}
                {% test positive(model, column_name, limit_to=0) %}select * from {{ model }} where {{ column_name }} <= {{ limit_to }}{% endtest %}
                """
            ),
            ("tools/models/packaged.sql", "select '{{ var('size') }}' as size, '{{ var('colour') }}' as colour"),
            .. files,
        ]);

    [Fact]
    public async Task Packages_bring_macros_models_and_tests()
    {
        await using var project = WithPackage(
            (
                "models/a.sql",
                "select '{{ tools.star(1) }}' as a, '{{ tools.other(2) }}' as b, '{{ tools.uses_helper() }}' as c, 5 as n"
            ),
            ("models/b.sql", "select size from {{ ref('tools', 'packaged') }}"),
            ("models/s.yml", "models: [{name: a, columns: [{name: n, tests: [{tools.positive: {limit_to: 4}}]}]}]")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("default 1|duck 2|helped|5", await project.RowsAsync("select * from analytics.a"));
        Assert.Equal("3|red", await project.RowsAsync("select * from analytics.packaged"));
        Assert.Contains(result.Outcomes, outcome => outcome.Node.Name == "tools_positive_a_n__4");
    }

    [Fact]
    public async Task A_project_overrides_dispatched_macros_variables_and_config_of_packages()
    {
        await using var project = WithPackage(
            (
                "dbt_project.yml",
                """
                name: shop
                vars:
                  colour: blue
                  tools: {size: 9}
                models:
                  tools:
                    +materialized: view
                dispatch:
                  - macro_namespace: tools
                    search_order: [shop, tools]
                """
            ),
            ("macros/star.sql", "{% macro default__star(x) %}mine {{ x }}{% endmacro %}"),
            ("models/a.sql", "select '{{ tools.star(1) }}' as a")
        );
        await project.BuildAsync();
        Assert.Equal("mine 1", await project.RowsAsync("select * from analytics.a"));
        Assert.Equal("9|blue", await project.RowsAsync("select * from analytics.packaged"));
        Assert.Equal(
            "VIEW",
            await project.RowsAsync("select table_type from information_schema.tables where table_name = 'packaged'")
        );
    }

    [Fact]
    public async Task Variables_of_the_command_line_win()
    {
        await using var project = new TestProject(
            ("dbt_project.yml", "name: shop\nvars: {n: 1}"),
            (
                "models/a.sql",
                "select {{ var('n') + 1 }} as n, '{{ env_var('WHERE', 'nowhere') }}' as place, '{{ env_var('HERE') }}' as here"
            )
        );
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?> { ["n"] = 41L },
            Environment = name => name == "HERE" ? "here" : null,
        };
        await project.BuildAsync();
        Assert.Equal("42|nowhere|here", await project.RowsAsync("select * from analytics.a"));
    }

    [Fact]
    public async Task Landed_sources_are_sources_and_entries_add_to_them()
    {
        await using var project = new TestProject(
            (
                "sources/crm.yml",
                "source: crm\nconnector: files\npath: data\nstreams: [{name: people, files: '*.csv'}, {name: deals, files: '*.csv'}]"
            ),
            ("models/a.sql", "select * from {{ source('crm', 'people') }}"),
            (
                "models/s.yml",
                "sources: [{name: crm, tables: [{name: people, description: Who we know, columns: [{name: id, tests: [not_null]}]}]}, {name: erp, schema: erp_main, tables: [{name: items, identifier: ITEMS_V2}]}]"
            )
        );
        var manifest = project.LoadClean();
        Assert.Equal(
            ["raw_crm.deals", "raw_crm.people", "erp_main.ITEMS_V2"],
            manifest.Sources.Select(source => source.Relation.ToString())
        );
        Assert.Equal("Who we know", manifest.FindSource("crm", "people")!.Description);
        Assert.Equal(["source_not_null_crm_people_id"], manifest.Tests.Select(test => test.Name));
        Assert.Equal("select * from \"memory\".\"raw_crm\".\"people\"", await project.CompileAsync("a"));
    }

    [Fact]
    public async Task Tests_have_severity_thresholds_filters_and_limits()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select unnest([1, 2, 2, 3, 3, null]) as x"),
            (
                "models/s.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: x
                        data_tests:
                          - not_null: {config: {severity: warn}}
                          - not_null: {name: filtered, config: {where: "x > 0"}}
                          - unique: {name: tolerant, error_if: ">2", warn_if: ">1"}
                          - unique: {name: limited, config: {limit: 1, severity: warn}}
                          - accepted_values: {name: listed, values: [1, 2, 3], quote: false}
                          - accepted_values: {name: narrow, values: ['1'], severity: warn}
                """
            )
        );
        var result = await project.BuildAsync();
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "filtered:Success:0 limited:Warned:1 listed:Success:0 narrow:Warned:2 not_null_a_x:Warned:1 tolerant:Warned:2",
            string.Join(
                ' ',
                result
                    .Outcomes.Where(outcome => outcome.Node.ResourceType == "test")
                    .Select(outcome => $"{outcome.Node.Name}:{outcome.Status}:{outcome.Rows}")
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Names_of_tests_are_those_of_dbt()
    {
        await using var project = new TestProject(
            ("models/orders.sql", "select 1 as status"),
            (
                "models/s.yml",
                "models: [{name: orders, columns: [{name: status, tests: [unique, {accepted_values: {values: [placed, shipped, completed, return_pending, returned]}}, {relationships: {to: ref('orders'), field: status}}]}]}]"
            )
        );
        Assert.Equal(
            [
                "accepted_values_orders_status__placed__shipped__completed__return_pending__returned",
                "relationships_orders_status__status__ref_orders_",
                "unique_orders_status",
            ],
            project.LoadClean().Tests.Select(test => test.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                "accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758",
                "relationships_orders_status__status__ref_orders_",
                "unique_orders_status",
            ],
            project.LoadClean().Tests.Select(test => test.Config.Text("alias")).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Descriptions_come_from_docs_blocks()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            ("models/docs.md", "# Notes\n{% docs order_id %}\nThe *id* of an order.\n{% enddocs %}"),
            ("models/s.yml", "models: [{name: a, description: \"{{ doc('order_id') }}\"}]")
        );
        Assert.Equal("The *id* of an order.", project.LoadClean().Models.Single().Description);
    }

    [Fact]
    public async Task Target_and_this_are_known()
    {
        await using var project = new TestProject(
            (
                "models/a.sql",
                "select '{{ target.name }} {{ target.type }} {{ target.schema }} {{ this }} {{ this.schema }} {{ model.unique_id }} {{ project_name }}' as x"
            )
        );
        await project.BuildAsync();
        Assert.Equal(
            "dev duckdb analytics \"memory\".\"analytics\".\"a\" analytics model.shop.a shop",
            await project.RowsAsync("select * from analytics.a")
        );
    }

    [Fact]
    public async Task Built_in_functions_work_on_the_engine()
    {
        await using var project = new TestProject(
            (
                "models/a.sql",
                """
                select
                  {{ dbt.dateadd('day', 3, "date '2024-01-30'") }}::date::varchar as added,
                  {{ datediff("date '2024-01-01'", "date '2024-03-01'", 'month') }} as months,
                  {{ dbt.date_trunc('month', "date '2024-02-10'") }}::date::varchar as month,
                  {{ dbt.last_day("date '2024-02-10'", 'month') }}::varchar as last_day,
                  {{ dbt.safe_cast("'x'", dbt.type_int()) }} as number,
                  {{ dbt.concat(["'a'", "'b'"]) }} as text,
                  {{ dbt.hash("'a'") }} as hashed,
                  {{ dbt.split_part("'a-b'", "'-'", 2) }} as part,
                  {{ dbt.listagg("v", "'+'", "order by v") }} as list
                from (values ('p'), ('q')) as t(v)
                """
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "2024-02-02|2|2024-02-01|2024-02-29|NULL|ab|0cc175b9c0f1b6a831c399e269772661|b|p+q",
            await project.RowsAsync("select * from analytics.a")
        );
    }

    [Fact]
    public async Task A_project_is_read_again_after_a_change()
    {
        await using var project = new TestProject(("models/a.sql", "select 1 as x"));
        await project.BuildAsync();
        project.Write("models/a.sql", "select 2 as x");
        await project.BuildAsync(new BuildOptions { Select = ["a"] });
        Assert.Equal("2", await project.RowsAsync("select x from analytics.a"));
    }
}
