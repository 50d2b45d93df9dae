using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Tests.Parsing;

public sealed class NodeKindTests
{
    [Fact]
    public async Task Analyses_are_parsed_and_compiled()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            ("analyses/look.sql", "select * from {{ ref('a') }} where {{ 1 + 1 }} = 2")
        );
        var analysis = Assert.Single(project.LoadClean().Analyses);
        Assert.Equal("analysis.shop.look", analysis.UniqueId);
        Assert.Equal(["shop", "analysis", "look"], analysis.Fqn);
        Assert.Equal(["model.shop.a"], analysis.DependsOn);
    }

    [Fact]
    public async Task Exposures_read_models_and_sources()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            ("models/s.yml", "sources: [{name: crm, tables: [{name: people}]}]"),
            (
                "models/exposures.yml",
                """
                exposures:
                  - name: weekly
                    label: The weekly page
                    type: dashboard
                    maturity: high
                    url: https://example.com
                    depends_on: ["ref('a')", "source('crm', 'people')", "metric('revenue')"]
                    owner: {name: Ada, email: ada@example.com}
                """
            )
        );
        var exposure = Assert.Single(project.LoadClean().Exposures);
        Assert.Equal("exposure.shop.weekly", exposure.UniqueId);
        Assert.Equal(["model.shop.a", "source.shop.crm.people"], exposure.DependsOn);
        Assert.Equal(("dashboard", "high", "Ada"), (exposure.Kind, exposure.Maturity, exposure.Owner.Name));
    }

    [Fact]
    public async Task Private_models_are_read_within_their_group_alone()
    {
        await using var project = new TestProject(
            (
                "models/groups.yml",
                """
                groups:
                  - {name: finance, owner: {email: finance@example.com}}
                models:
                  - {name: hidden, config: {group: finance, access: private}}
                  - {name: inside, config: {group: finance}}
                  - {name: outside}
                """
            ),
            ("models/hidden.sql", "select 1 as x"),
            ("models/inside.sql", "select * from {{ ref('hidden') }}"),
            ("models/outside.sql", "select * from {{ ref('hidden') }}")
        );
        var (manifest, diagnostics) = project.Load();
        var problem = Assert.Single(diagnostics);
        Assert.Equal(("HW2120", "models/outside.sql"), (problem.Code, problem.Location!.File));
        Assert.Equal("finance", Assert.Single(manifest.Groups).Name);
        Assert.Equal(ModelAccess.Private, ((ModelNode)manifest.FindRef("hidden")!).Access);
    }

    [Fact]
    public async Task Contracts_carry_types_and_constraints()
    {
        await using var project = new TestProject(
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    config: {contract: {enforced: true}}
                    constraints:
                      - {type: primary_key, columns: [id, day]}
                      - {type: foreign_key, columns: [id], to: ref('b'), to_columns: [id]}
                    columns:
                      - name: id
                        data_type: int
                        quote: true
                        constraints: [{type: not_null}, {type: check, expression: id > 0, name: positive}]
                      - {name: day, data_type: date}
                """
            ),
            ("models/a.sql", "select 1 as id, current_date as day"),
            ("models/b.sql", "select 1 as id")
        );
        var model = (ModelNode)project.LoadClean().FindRef("a")!;
        Assert.True(model.HasContract);
        Assert.Equal(
            [ConstraintKind.PrimaryKey, ConstraintKind.ForeignKey],
            model.Constraints.Select(constraint => constraint.Kind)
        );
        Assert.Equal(("ref('b')", "id"), (model.Constraints[1].To, model.Constraints[1].ToColumns[0]));
        Assert.Equal(("id", "int", true), (model.Columns[0].Name, model.Columns[0].DataType, model.Columns[0].Quote));
        Assert.Equal(
            (ConstraintKind.Check, "id > 0", "positive"),
            (
                model.Columns[0].Constraints[1].Kind,
                model.Columns[0].Constraints[1].Expression,
                model.Columns[0].Constraints[1].Name
            )
        );
    }

    [Fact]
    public async Task Freshness_of_a_table_stands_over_its_sources()
    {
        await using var project = new TestProject(
            (
                "models/s.yml",
                """
                sources:
                  - name: crm
                    loader: nightly
                    loaded_at_field: loaded
                    config:
                      freshness:
                        warn_after: {count: 12, period: hour}
                        error_after: {count: 1, period: day}
                    tables:
                      - name: people
                      - name: deals
                        loaded_at_query: select max(seen) from raw.deals
                        freshness: {warn_after: {count: 5, period: minute}, filter: seen > '2020-01-01'}
                      - name: static
                        freshness: null
                """
            )
        );
        var manifest = project.LoadClean();
        var people = manifest.FindSource("crm", "people")!;
        Assert.Equal(TimeSpan.FromHours(12), people.Freshness!.WarnAfter!.Age);
        Assert.Equal(TimeSpan.FromDays(1), people.Freshness.ErrorAfter!.Age);
        Assert.Equal(("loaded", "nightly"), (people.LoadedAtField, people.Loader));
        var deals = manifest.FindSource("crm", "deals")!;
        Assert.Equal((5L, "minute"), (deals.Freshness!.WarnAfter!.Count, deals.Freshness.WarnAfter.Period));
        Assert.Equal("seen > '2020-01-01'", deals.Freshness.Filter);
        Assert.Equal("select max(seen) from raw.deals", deals.LoadedAtQuery);
        Assert.Null(manifest.FindSource("crm", "static")!.Freshness);
    }

    [Fact]
    public async Task A_wrong_period_is_said()
    {
        await using var project = new TestProject(
            (
                "models/s.yml",
                "sources: [{name: crm, freshness: {warn_after: {count: 1, period: week}}, tables: [{name: people}]}]"
            )
        );
        Assert.Equal("HW2109", project.Load().Diagnostics.Codes());
    }

    [Fact]
    public async Task Microbatches_need_their_settings()
    {
        await using var project = new TestProject(
            (
                "models/a.sql",
                "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day') }}select 1 as x"
            )
        );
        var problem = Assert.Single(project.Load().Diagnostics, problem => problem.Code == "HW2119");
        Assert.Contains("begin", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_selectors_are_read_as_they_nest()
    {
        await using var project = new TestProject(
            (
                "selectors.yml",
                """
                selectors:
                  - name: nightly
                    description: What runs at night
                    default: true
                    definition:
                      union:
                        - tag:nightly
                        - {method: config.materialized, value: table, children: true, children_depth: 2}
                        - intersection: [{tag: a}, {method: selector, value: other}]
                        - exclude: [{method: path, value: models/old}]
                  - {name: other, definition: "orders+"}
                  - {name: broken}
                """
            )
        );
        var (manifest, diagnostics) = project.Load();
        Assert.Equal("HW2123", diagnostics.Codes());
        Assert.Equal(["nightly", "other"], manifest.Selectors.Select(selector => selector.Name));
        var union = Assert.IsType<SelectorUnion>(manifest.Selectors[0].Definition);
        Assert.Equal(new SelectorText("tag:nightly"), union.Parts[0]);
        Assert.Equal(new SelectorMethod("config.materialized", "table", null, 2, false), union.Parts[1]);
        var inner = Assert.IsType<SelectorIntersection>(union.Parts[2]);
        Assert.Equal([new SelectorMethod("tag", "a", null, null, false), new SelectorReference("other")], inner.Parts);
        Assert.Equal([new SelectorMethod("path", "models/old", null, null, false)], union.Exclude);
    }

    [Fact]
    public async Task Quoting_and_databases_show_where_a_relation_is_printed()
    {
        await using var project = new TestProject(
            ("models/a.sql", "{{ config(quoting={'identifier': false}, database='side') }}select 1 as x"),
            (
                "models/s.yml",
                "sources: [{name: crm, database: lake, quoting: {database: false}, tables: [{name: people}]}]"
            ),
            (
                "models/b.sql",
                "{{ ref('a') }} {{ source('crm', 'people') }} {{ this.include(database=false) }} {{ this }}"
            )
        );
        Assert.Equal(
            "\"side\".\"analytics\".a lake.\"crm\".\"people\" \"analytics\".\"b\" \"memory\".\"analytics\".\"b\"",
            await project.CompileAsync("b")
        );
    }
}
