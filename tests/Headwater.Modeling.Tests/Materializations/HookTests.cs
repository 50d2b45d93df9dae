namespace Headwater.Modeling.Tests.Materializations;

public sealed class HookTests
{
    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Hooks_run_inside_or_after_the_transaction(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "dbt_project.yml",
                """
                name: shop
                profile: shop
                on-run-start: "create schema if not exists main; create table if not exists main.log (what varchar)"
                on-run-end:
                  - "{% for result in results %}insert into main.log values ('{{ result.node.name }} {{ result.status }}');{% endfor %}"
                  - "{% for schema in schemas %}insert into main.log values ('in {{ schema }}');{% endfor %}"
                models:
                  +post-hook:
                    - "{{ after_commit(\"insert into main.log values ('after')\") }}"
                    - "insert into main.log select 'inside ' || x from {{ this }}"
                """
            ),
            (
                "models/a.sql",
                "{{ config(materialized='table', pre_hook=[\"insert into main.log values ('before')\", after_commit(\"insert into main.log values ('late')\")]) }}select 1 as x"
            )
        );
        for (var build = 0; build < 2; build++)
        {
            var result = await project.BuildAsync();
            Assert.Equal("", string.Join('\n', result.Diagnostics));
            Assert.Equal(
                "a success;after;before;in analytics;inside 1;late",
                await project.RowsAsync("select what from main.log order by what")
            );
            await project.ExecuteAsync("delete from main.log");
        }

        project.Write("tests/fails.sql", "select * from {{ ref('a') }}");
        Assert.False((await project.BuildAsync()).Succeeded);
        Assert.Equal(
            "a skipped;fails fail;in analytics",
            await project.RowsAsync("select what from main.log order by what")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task The_first_hook_finds_the_schemas_that_the_build_writes_to(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "dbt_project.yml",
                "name: shop\nprofile: shop\non-run-start: 'create table if not exists {{ target.schema }}.audit (x integer)'\n"
            ),
            ("models/a.sql", "select 1 as x")
        );
        Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        Assert.Equal("0", await project.RowsAsync("select count(*) from analytics.audit"));
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "false")]
    [InlineData(TestEngine.Postgres, "false")]
    [InlineData(TestEngine.DuckDb, "true")]
    [InlineData(TestEngine.Postgres, "true")]
    public async Task Query_comments_leave_places_in_files_right(TestEngine engine, string append)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "dbt_project.yml",
                $$$"""
                name: shop
                profile: shop
                query-comment: {comment: "made by {{ node.name }} */ of {{ project_name }}", append: {{{append}}}}
                """
            ),
            ("models/a.sql", "{{ config(materialized='table') }}\nselect 1 as x"),
            ("models/b.sql", "{{ config(materialized='table') }}\nselect\n  nothing\nfrom {{ ref('a') }}")
        );
        await project.BuildAsync();
        var result = await project.BuildAsync();
        Assert.Equal("models/b.sql:3:3", result.Diagnostics.Single().Location!.ToString());
    }

    [Fact]
    public async Task On_postgres_a_name_that_is_too_long_is_refused()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            ($"models/{new string('a', 64)}.sql", "select 1 as x")
        );
        Assert.Equal("HW2155", (await project.BuildAsync()).Diagnostics.Codes());
    }
}
