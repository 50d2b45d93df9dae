using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests;

public sealed class MaterializationTests
{
    [Fact]
    public async Task Ephemeral_models_become_expressions_of_what_reads_them()
    {
        await using var project = new TestProject(
            ("models/a.sql", "{{ config(materialized='ephemeral') }}select 1 as x"),
            ("models/b.sql", "{{ config(materialized='ephemeral') }}select x + 1 as x from {{ ref('a') }}"),
            ("models/c.sql", "-- reads\nwith own as (select x * 10 as x from {{ ref('b') }})\nselect * from own"),
            ("models/schema.yml", "models: [{name: b, columns: [{name: x, data_tests: [not_null]}]}]")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "not_null_b_x:Success c:Success",
            string.Join(' ', result.Statuses().Split(' ').Order(StringComparer.Ordinal).Reverse())
        );
        Assert.Equal("20", await project.RowsAsync("select x from analytics.c"));
        Assert.Equal(
            "-- reads\nwith __dbt__cte__a as (\nselect 1 as x\n),\n__dbt__cte__b as (\nselect x + 1 as x from __dbt__cte__a\n),\n own as (select x * 10 as x from __dbt__cte__b)\nselect * from own",
            await project.CompileAsync("c")
        );
    }

    [Fact]
    public async Task A_relation_changes_between_view_and_table()
    {
        await using var project = new TestProject(("models/a.sql", "select 1 as x"));
        const string kind = "select table_type from information_schema.tables where table_name = 'a'";
        await project.BuildAsync();
        Assert.Equal("VIEW", await project.RowsAsync(kind));
        project.Write("models/a.sql", "{{ config(materialized='table') }}select 1 as x");
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("BASE TABLE", await project.RowsAsync(kind));
        project.Write("models/a.sql", "select 1 as x");
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("VIEW", await project.RowsAsync(kind));
    }

    private static TestProject Events(string config) =>
        new(
            (
                "models/events.sql",
                $$$"""
                {{ config(materialized='incremental'{{{config}}}) }}
                select * from {{ source('raw', 'events') }}
                {% if is_incremental() %}where n > (select max(n) from {{ this }}){% endif %}
                """
            ),
            ("models/sources.yml", "sources: [{name: raw, tables: [{name: events}]}]")
        );

    private static async Task<string> AfterTwoBuildsAsync(
        TestProject project,
        string second,
        BuildOptions? options = null
    )
    {
        await project.ExecuteAsync(
            "create schema raw; create table raw.events as select 1 as id, 1 as n, 'a' as v union all select 2, 2, 'b'"
        );
        Assert.True((await project.BuildAsync()).Succeeded);
        await project.ExecuteAsync(second);
        var result = await project.BuildAsync(options);
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return await project.RowsAsync("select * from analytics.events order by n, id");
    }

    [Fact]
    public async Task Incremental_models_append_new_rows()
    {
        await using var project = Events("");
        Assert.Equal(
            "1|1|a;2|2|b;1|3|c",
            await AfterTwoBuildsAsync(
                project,
                "delete from raw.events; insert into raw.events values (1, 3, 'c'), (9, 0, 'old')"
            )
        );
    }

    [Fact]
    public async Task Incremental_models_with_a_key_replace_rows()
    {
        await using var project = Events(", unique_key='id'");
        Assert.Equal(
            "2|2|b;1|3|c",
            await AfterTwoBuildsAsync(project, "delete from raw.events; insert into raw.events values (1, 3, 'c')")
        );
    }

    [Fact]
    public async Task Full_refresh_starts_anew()
    {
        await using var project = Events(", unique_key=['id']");
        Assert.Equal(
            "9|0|x",
            await AfterTwoBuildsAsync(
                project,
                "delete from raw.events; insert into raw.events values (9, 0, 'x')",
                new BuildOptions { FullRefresh = true }
            )
        );
    }

    [Theory]
    [InlineData("ignore", "1|1|a;2|2|b;3|3|c")]
    [InlineData("append_new_columns", "1|1|a|NULL;2|2|b|NULL;3|3|c|7")]
    public async Task New_columns_follow_on_schema_change(string mode, string expected)
    {
        await using var project = Events($", on_schema_change='{mode}'");
        Assert.Equal(
            expected,
            await AfterTwoBuildsAsync(
                project,
                "alter table raw.events add column w integer; insert into raw.events values (3, 3, 'c', 7)"
            )
        );
    }

    [Fact]
    public async Task Removed_columns_are_dropped_when_all_are_synchronised()
    {
        await using var project = Events(", on_schema_change='sync_all_columns'");
        Assert.Equal(
            "1|1;2|2;3|3",
            await AfterTwoBuildsAsync(
                project,
                "alter table raw.events drop column v; insert into raw.events values (3, 3)"
            )
        );
    }

    [Fact]
    public async Task Changed_columns_can_fail_the_build()
    {
        await using var project = Events(", on_schema_change='fail'");
        await project.ExecuteAsync("create schema raw; create table raw.events as select 1 as id, 1 as n, 'a' as v");
        await project.BuildAsync();
        await project.ExecuteAsync("alter table raw.events add column w integer");
        var result = await project.BuildAsync();
        Assert.Equal("HW2134", result.Diagnostics.Codes());
        Assert.Contains("+w", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seeds_take_delimiter_and_types_from_config()
    {
        await using var project = new TestProject(
            ("seeds/codes.csv", "code;since;share\n007;2024-01-31;0.5\n;;\n"),
            (
                "dbt_project.yml",
                "name: shop\nseeds:\n  shop:\n    codes:\n      +delimiter: ';'\n      +column_types: {code: varchar}\n"
            )
        );
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("007|01/31/2024|0.5;NULL|NULL|NULL", await project.RowsAsync("select * from analytics.codes"));
    }

    [Fact]
    public async Task Seeds_get_the_narrowest_type_of_all_their_values()
    {
        await using var project = new TestProject(
            (
                "seeds/kinds.csv",
                "flag,whole,real,day,moment,text,none,\"a, b\"\nTrue,1,1.5,2024-01-31,2024-01-31 10:00:00,x,,\"q\"\"uote\"\nfalse,-2,3,2024-02-01,2024-01-31T11:00:00,1,,\"l\nn\"\n"
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(
            "flag BOOLEAN;whole BIGINT;real DOUBLE;day DATE;moment TIMESTAMP;text VARCHAR;none BIGINT;a, b VARCHAR",
            await project.RowsAsync(
                "select column_name || ' ' || data_type from information_schema.columns where table_name = 'kinds' order by ordinal_position"
            )
        );
        Assert.Equal(
            "q\"uote;l\nn",
            await project.RowsAsync("select \"a, b\" from analytics.kinds order by whole desc")
        );
    }

    [Fact]
    public async Task Hooks_run_around_models_and_builds()
    {
        await using var project = new TestProject(
            (
                "dbt_project.yml",
                """
                name: shop
                on-run-start: "create table if not exists main.log as select 'start' as what"
                on-run-end: ["insert into main.log values ('end')"]
                models:
                  +post-hook: "insert into main.log values ('after {{ this.name }}')"
                """
            ),
            (
                "models/a.sql",
                "{{ config(pre_hook=\"insert into main.log values ('before')\", post_hook={'sql': \"insert into main.log values ('late')\", 'transaction': false}) }}select 1 as x"
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("start;before;after a;late;end", await project.RowsAsync("select what from main.log"));
    }

    [Fact]
    public async Task Templates_can_ask_the_database()
    {
        await using var project = new TestProject(
            ("seeds/kinds.csv", "kind\nred\nblue\n"),
            (
                "models/pivot.sql",
                """
                {% set kinds = [] %}
                {% if execute %}
                  {% set kinds = run_query('select kind from ' ~ ref('kinds') ~ ' order by 1').columns[0].values() %}
                {% endif %}
                select {% for kind in kinds %}count(*) filter (kind = '{{ kind }}') as {{ kind }}, {% endfor %} count(*) as n
                from {{ ref('kinds') }}
                """
            ),
            // In the check, where the seed is empty, this column is not there.
            ("models/reads_pivot.sql", "select red from {{ ref('pivot') }}"),
            (
                "models/columns.sql",
                """
                {% call statement('counted', fetch_result=true) %}select count(*) as n from {{ ref('kinds') }}{% endcall %}
                select
                  '{{ adapter.get_columns_in_relation(ref('kinds')) | map(attribute='name') | join }}' as names,
                  {{ load_result('counted').data[0][0] if execute else 0 }} as n
                from {{ ref('kinds') }} limit 1
                """
            )
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("1|1|2", await project.RowsAsync("select blue, red, n from analytics.pivot"));
        Assert.Equal("kind|2", await project.RowsAsync("select * from analytics.columns"));
    }
}
