using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Materializations;

public sealed class RelationTests
{
    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Seeds_take_delimiter_and_types_from_config(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/codes.csv", "code;since;share;note\n007;2024-01-31;0.5;\"a;\"\"b\"\"\nc\"\n;;;\n"),
            ("seeds/seeds.yml", "seeds: [{name: codes, config: {delimiter: ';', column_types: {code: varchar(5)}}}]")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "007|2024-01-31|0.5|a;\"b\"\nc;NULL|NULL|NULL|NULL",
            await project.RowsAsync(
                "select code, cast(since as varchar), share, note from analytics.codes order by 1 nulls last"
            )
        );
    }

    [Fact]
    public async Task On_postgres_seeds_get_the_narrowest_type_of_all_their_values()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            (
                "seeds/kinds.csv",
                "Flag,whole,real,day,moment,text,none,\"a, b\"\nTrue,1,1.5,2024-01-31,2024-01-31 10:00:00,x,,\"q\"\"uote\"\nfalse,-2,3,2024-02-01,2024-01-31T11:00:00,1,,\"l\nn\"\n"
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "flag boolean;whole integer;real double precision;day date;moment timestamp without time zone;text text;none integer;a, b text",
            await project.RowsAsync(
                "select column_name || ' ' || data_type from information_schema.columns where table_name = 'kinds' order by ordinal_position"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_seed_with_uneven_rows_is_one_diagnostic(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/broken.csv", "a,b\n1,2\n3\n4,5,6\n"),
            ("models/fine.sql", "select 1 as x")
        );
        var result = await project.BuildAsync();
        Assert.Equal("broken:Error fine:Success", string.Join(' ', result.Statuses().Split(' ').Order()));
        Assert.StartsWith(
            "seeds/broken.csv:3:1: error HW213",
            result.Diagnostics.Single().ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task On_postgres_materialized_views_are_made_anew()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            ("models/a.sql", "{{ config(materialized='table') }}select {{ var('g', 1) }} as g"),
            (
                "models/m.sql",
                "{{ config(materialized='materialized_view', indexes=[{'columns': ['g'], 'unique': true}]) }}select g from {{ ref('a') }}"
            ),
            ("models/reads.sql", "select g from {{ ref('m') }}")
        );
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["g"] = 2L },
        };
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("2", await project.RowsAsync("select g from analytics.reads"));
        Assert.Equal(
            "1",
            await project.RowsAsync(
                "select count(*) from pg_indexes where schemaname = 'analytics' and tablename = 'm'"
            )
        );
    }

    [Fact]
    public async Task On_duckdb_a_materialized_view_is_refused()
    {
        await using var project = new TestProject(
            ("models/m.sql", "{{ config(materialized='materialized_view') }}select 1 as x")
        );
        Assert.Equal("HW2143", (await project.BuildAsync()).Diagnostics.Codes());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Indexes_come_with_every_build(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/a.sql",
                "{{ config(materialized='table', indexes=[{'columns': ['x'], 'unique': true}, {'columns': ['x', 'y']}]) }}select 1 as x, 2 as y"
            )
        );
        for (var build = 0; build < 3; build++)
        {
            Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        }

        Assert.Equal(
            "2",
            await project.RowsAsync(
                engine == TestEngine.DuckDb
                    ? "select count(*) from duckdb_indexes() where table_name = 'a'"
                    : "select count(*) from pg_indexes where schemaname = 'analytics'"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Descriptions_become_comments(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/a.sql",
                "{{ config(materialized='table', persist_docs={'relation': true, 'columns': true}) }}select 1 as x"
            ),
            (
                "models/schema.yml",
                "models: [{name: a, description: \"It's a\", columns: [{name: x, description: An x}, {name: gone, description: Not there}]}]"
            )
        );
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal(
            "It's a|An x",
            await project.RowsAsync(
                engine == TestEngine.DuckDb
                    ? "select (select comment from duckdb_tables() where table_name = 'a'), (select comment from duckdb_columns() where table_name = 'a')"
                    : "select obj_description('analytics.a'::regclass), col_description('analytics.a'::regclass, 1)"
            )
        );
    }

    [Fact]
    public async Task On_postgres_grants_are_those_configured()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            ("models/a.sql", "{{ config(materialized='incremental', grants={'select': ['reader_one']}) }}select 1 as x")
        );
        await project.ExecuteAsync("create role reader_one; create role reader_two");
        Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        await project.ExecuteAsync("grant select on analytics.a to reader_two");
        const string Rights =
            "select has_table_privilege('reader_one', 'analytics.a', 'select')::text || has_table_privilege('reader_two', 'analytics.a', 'select')::text";
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("truefalse", await project.RowsAsync(Rights));
        Assert.Equal("", (await project.BuildAsync(new BuildOptions { FullRefresh = true })).Diagnostics.Codes());
        Assert.Equal("truefalse", await project.RowsAsync(Rights));
        await project.ExecuteAsync(
            "drop owned by reader_one; drop owned by reader_two; drop role reader_one; drop role reader_two"
        );
    }

    [Fact]
    public async Task On_duckdb_grants_are_ignored_with_a_word()
    {
        await using var project = new TestProject(
            ("models/a.sql", "{{ config(grants={'select': ['x']}) }}select 1 as x"),
            ("models/b.sql", "{{ config(grants={'select': ['x']}) }}select 1 as x")
        );
        Assert.Equal("HW2149", (await project.BuildAsync()).Diagnostics.Codes());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task An_empty_build_makes_columns_and_no_rows(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/s.csv", "x\n1\n"),
            ("models/a.sql", "{{ config(materialized='table') }}select x from {{ ref('s') }}"),
            ("models/b.sql", "{{ config(materialized='incremental') }}select x from {{ ref('a') }}")
        );
        Assert.Equal("", string.Join('\n', (await project.BuildAsync(new BuildOptions { Empty = true })).Diagnostics));
        Assert.Equal(
            "0|0",
            await project.RowsAsync("select (select count(*) from analytics.a), (select count(x) from analytics.b)")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_project_defines_a_materialization_of_its_own(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("models/a.sql", "{{ config(materialized='doubled') }}select 4 as x"),
            ("models/b.sql", "select x + 1 as y from {{ ref('a') }}"),
            (
                "macros/doubled.sql",
                """
                {% materialization doubled, default %}
                  {%- set target_relation = this.incorporate(type='table') -%}
                  {%- set existing = load_relation(this) -%}
                  {{ run_hooks(pre_hooks, inside_transaction=True) }}
                  {% if existing is not none %}{% do adapter.drop_relation(existing) %}{% endif %}
                  {% call statement('main') %}
                    create table {{ target_relation }} as select x * 2 as x from ({{ sql }}) as q
                  {% endcall %}
                  {% do persist_docs(target_relation, model) %}
                  {{ return({'relations': [target_relation]}) }}
                {% endmaterialization %}
                """
            )
        );
        for (var build = 0; build < 2; build++)
        {
            Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
            Assert.Equal("9", await project.RowsAsync("select y from analytics.b"));
        }
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_materialization_may_build_beside_and_rename(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("models/a.sql", "{{ config(materialized='swapped') }}select {{ var('g', 1) }} as x"),
            ("models/b.sql", "select x from {{ ref('a') }}"),
            (
                "macros/swapped.sql",
                """
                {% materialization swapped, default %}
                  {%- set target = this.incorporate(type='table') -%}
                  {%- set existing = load_cached_relation(this) -%}
                  {%- set made = make_intermediate_relation(target) -%}
                  {% call statement('main') %}{{ get_create_table_as_sql(False, made, sql) }}{% endcall %}
                  {% if existing is not none %}
                    {% set backup = make_backup_relation(target, existing.type) %}
                    {% do adapter.rename_relation(existing, backup) %}
                  {% endif %}
                  {% do adapter.rename_relation(made, target) %}
                  {% if existing is not none %}{% do adapter.drop_relation(backup) %}{% endif %}
                  {{ return({'relations': [target]}) }}
                {% endmaterialization %}
                """
            )
        );
        for (var build = 1L; build < 4; build++)
        {
            project.Options = new ModelingOptions
            {
                Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["g"] = build },
            };
            Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
            Assert.Equal($"{build}", await project.RowsAsync("select x from analytics.b"));
        }

        Assert.Equal(
            "1",
            await project.RowsAsync(
                "select count(*) from information_schema.tables where table_name like 'a%' and table_schema = 'analytics'"
            )
        );
    }
}
