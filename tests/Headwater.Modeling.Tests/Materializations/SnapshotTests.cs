using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Materializations;

public sealed class SnapshotTests
{
    private static async Task<TestProject> PeopleAsync(TestEngine engine, string config)
    {
        var project = await TestProject.OnAsync(
            engine,
            (
                "snapshots/people.sql",
                $$$"""
                {% snapshot people %}
                {{ config(unique_key='id', {{{config}}}) }}
                select * from {{ source('raw', 'people') }}
                {% endsnapshot %}
                """
            ),
            ("models/sources.yml", "sources: [{name: raw, tables: [{name: people}]}]"),
            ("models/now.sql", "select id, name from {{ ref('people') }} where dbt_valid_to is null")
        );
        await project.ExecuteAsync(
            "create schema raw; create table raw.people as select 1 as id, 'Ann' as name, timestamp '2024-01-01 00:00:00' as changed_at union all select 2, 'Bob', timestamp '2024-01-01 00:00:00'"
        );
        await BuildAsync(project);
        return project;
    }

    private static async Task BuildAsync(TestProject project)
    {
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
    }

    private static Task<string> HistoryAsync(TestProject project) =>
        project.RowsAsync(
            "select id, name, cast(cast(dbt_valid_from as date) as varchar), cast(cast(dbt_valid_to as date) as varchar) from analytics.people order by id, dbt_valid_from, name"
        );

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Timestamps_tell_changed_rows(TestEngine engine)
    {
        await using var project = await PeopleAsync(engine, "strategy='timestamp', updated_at='changed_at'");
        await project.ExecuteAsync(
            "update raw.people set name = 'Anna', changed_at = timestamp '2024-02-01 00:00:00' where id = 1; update raw.people set name = 'unseen' where id = 2; insert into raw.people values (3, 'Cid', timestamp '2024-03-01 00:00:00')"
        );
        await BuildAsync(project);
        await BuildAsync(project);
        Assert.Equal(
            "1|Ann|2024-01-01|2024-02-01;1|Anna|2024-02-01|NULL;2|Bob|2024-01-01|NULL;3|Cid|2024-03-01|NULL",
            await HistoryAsync(project)
        );
        Assert.Equal("1|Anna;2|Bob;3|Cid", await project.RowsAsync("select * from analytics.now order by id"));
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "'all'", "3")]
    [InlineData(TestEngine.Postgres, "'all'", "3")]
    [InlineData(TestEngine.DuckDb, "['name']", "3")]
    [InlineData(TestEngine.Postgres, "['NAME']", "3")]
    [InlineData(TestEngine.Postgres, "['changed_at']", "2")]
    public async Task Compared_columns_tell_changed_rows(TestEngine engine, string columns, string states)
    {
        await using var project = await PeopleAsync(engine, $"strategy='check', check_cols={columns}");
        await project.ExecuteAsync("update raw.people set name = null where id = 1");
        await BuildAsync(project);
        await BuildAsync(project);
        Assert.Equal(states, await project.RowsAsync("select count(*) from analytics.people"));
        Assert.Equal("2", await project.RowsAsync("select count(*) from analytics.people where dbt_valid_to is null"));
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "ignore", "2|2|2")]
    [InlineData(TestEngine.Postgres, "ignore", "2|2|2")]
    [InlineData(TestEngine.DuckDb, "invalidate", "2|1|3")]
    [InlineData(TestEngine.Postgres, "invalidate", "2|1|3")]
    [InlineData(TestEngine.DuckDb, "new_record", "3|2|4")]
    [InlineData(TestEngine.Postgres, "new_record", "3|2|4")]
    public async Task Deleted_rows_end_as_configured(TestEngine engine, string mode, string expected)
    {
        await using var project = await PeopleAsync(
            engine,
            $"strategy='timestamp', updated_at='changed_at', hard_deletes='{mode}'"
        );
        await project.ExecuteAsync("delete from raw.people where id = 2");
        await BuildAsync(project);
        await BuildAsync(project);
        var after = await project.RowsAsync("select count(*), count(*) - count(dbt_valid_to) from analytics.people");
        // Back again: a new state begins where the old one had ended.
        await project.ExecuteAsync("insert into raw.people values (2, 'Bob', timestamp '2024-05-01 00:00:00')");
        await BuildAsync(project);
        var states = await project.RowsAsync("select count(*) from analytics.people where id = 2");
        Assert.Equal(
            expected,
            $"{after}|{(mode == "ignore" ? "2" : (int.Parse(states, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}"
        );
        Assert.Equal("Bob", await project.RowsAsync("select name from analytics.now where id = 2"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task New_columns_are_added_and_open_ends_can_be_a_date(TestEngine engine)
    {
        await using var project = await PeopleAsync(
            engine,
            "strategy='timestamp', updated_at='changed_at', dbt_valid_to_current=\"cast('9999-12-31' as timestamp)\""
        );
        await project.ExecuteAsync(
            "alter table raw.people add column city varchar; update raw.people set city = 'Rome', changed_at = timestamp '2024-02-01 00:00:00' where id = 1"
        );
        await BuildAsync(project);
        Assert.Equal(
            "1|NULL|2024-02-01;1|Rome|9999-12-31;2|NULL|9999-12-31",
            await project.RowsAsync(
                "select id, city, cast(cast(dbt_valid_to as date) as varchar) from analytics.people order by id, dbt_valid_from"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task History_stays_when_the_build_fails(TestEngine engine)
    {
        await using var project = await PeopleAsync(engine, "strategy='timestamp', updated_at='changed_at'");
        project.Write("tests/fails.sql", "select * from {{ ref('now') }}");
        await project.ExecuteAsync("insert into raw.people values (3, 'Cid', timestamp '2024-03-01 00:00:00')");
        var result = await project.BuildAsync();
        Assert.False(result.Succeeded);
        Assert.Equal("3", await project.RowsAsync("select count(*) from analytics.people"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_snapshot_of_a_model_goes_with_its_part(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("models/a.sql", "{{ config(materialized='table') }}select 1 as id, 'x' as v"),
            (
                "snapshots/states.sql",
                "{% snapshot states %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select * from {{ ref('a') }}{% endsnapshot %}"
            )
        );
        await BuildAsync(project);
        project.Write("models/a.sql", "{{ config(materialized='table') }}select 1 as id, 'y' as v");
        project.Write("tests/fails.sql", "select * from {{ ref('a') }}");
        Assert.False((await project.BuildAsync()).Succeeded);
        Assert.Equal("x", await project.RowsAsync("select v from analytics.states"));
        project.Delete("tests/fails.sql");
        await BuildAsync(project);
        Assert.Equal("x;y", await project.RowsAsync("select v from analytics.states order by 1"));
    }
}
