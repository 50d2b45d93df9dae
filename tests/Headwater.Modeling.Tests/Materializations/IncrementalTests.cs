using System.Globalization;
using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Materializations;

public sealed class IncrementalTests
{
    private static async Task<TestProject> EventsAsync(TestEngine engine, string config, string more = "")
    {
        var project = await TestProject.OnAsync(
            engine,
            (
                "models/events.sql",
                $$$"""
                {{ config(materialized='incremental'{{{config}}}) }}
                select * from {{ source('raw', 'events') }}
                {% if is_incremental() %}where n > (select max(n) from {{ this }}){% endif %}
                """
            ),
            ("models/sources.yml", "sources: [{name: raw, tables: [{name: events}]}]"),
            ("macros/more.sql", more)
        );
        await project.ExecuteAsync(
            "create schema raw; create table raw.events as select 1 as id, 1 as n, 'a' as v union all select 2, 2, 'b'"
        );
        Assert.True((await project.BuildAsync()).Succeeded);
        return project;
    }

    private static async Task<string> AfterAsync(TestProject project, string change, BuildOptions? options = null)
    {
        await project.ExecuteAsync(change);
        var result = await project.BuildAsync(options);
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return await project.RowsAsync("select * from analytics.events order by n, id");
    }

    private const string Third = "insert into raw.events values (1, 3, 'c'), (9, 0, 'old')";

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Append_adds_rows(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, ", incremental_strategy='append', unique_key='id'");
        Assert.Equal("1|1|a;2|2|b;1|3|c", await AfterAsync(project, Third));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Delete_and_insert_replaces_rows_of_a_key(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, ", unique_key=['id', 'v']");
        Assert.Equal(
            "2|2|b;1|3|a;1|4|c",
            await AfterAsync(project, "insert into raw.events values (1, 3, 'a'), (1, 4, 'c')")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Delete_and_insert_keeps_rows_outside_the_predicates(TestEngine engine)
    {
        await using var project = await EventsAsync(
            engine,
            ", unique_key='id', incremental_predicates=['DBT_INTERNAL_DEST.n > 1']"
        );
        Assert.Equal(
            "1|1|a;1|3|c;2|4|d",
            await AfterAsync(project, "insert into raw.events values (1, 3, 'c'), (2, 4, 'd')")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Merge_updates_and_inserts(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, ", incremental_strategy='merge', unique_key='id'");
        Assert.Equal(
            "2|2|b;1|3|c;5|5|e",
            await AfterAsync(project, "insert into raw.events values (1, 3, 'c'), (5, 5, 'e')")
        );
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "merge_update_columns=['v']", "1|1|c;2|2|b")]
    [InlineData(TestEngine.Postgres, "merge_update_columns=['v']", "1|1|c;2|2|b")]
    [InlineData(TestEngine.DuckDb, "merge_exclude_columns=['v']", "2|2|b;1|3|a")]
    [InlineData(TestEngine.Postgres, "merge_exclude_columns=['v']", "2|2|b;1|3|a")]
    public async Task Merge_updates_the_columns_configured(TestEngine engine, string config, string expected)
    {
        await using var project = await EventsAsync(
            engine,
            ", incremental_strategy='merge', unique_key='id', " + config
        );
        Assert.Equal(expected, await AfterAsync(project, "insert into raw.events values (1, 3, 'c')"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_project_defines_a_strategy_of_its_own(TestEngine engine)
    {
        await using var project = await EventsAsync(
            engine,
            ", incremental_strategy='twice'",
            """
            {% macro get_incremental_twice_sql(arg_dict) %}
              {% set names = arg_dict['dest_columns'] | map(attribute='name') | join(', ') %}
              insert into {{ arg_dict['target_relation'] }} ({{ names }})
              select {{ names }} from {{ arg_dict['temp_relation'] }}
              union all select {{ names }} from {{ arg_dict['temp_relation'] }}
            {% endmacro %}
            """
        );
        Assert.Equal("1|1|a;2|2|b;1|3|c;1|3|c", await AfterAsync(project, "insert into raw.events values (1, 3, 'c')"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Full_refresh_starts_anew(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, "");
        Assert.Equal(
            "9|0|x",
            await AfterAsync(
                project,
                "delete from raw.events; insert into raw.events values (9, 0, 'x')",
                new BuildOptions { FullRefresh = true }
            )
        );
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "ignore", "1|1|a;2|2|b;3|3|c")]
    [InlineData(TestEngine.Postgres, "ignore", "1|1|a;2|2|b;3|3|c")]
    [InlineData(TestEngine.DuckDb, "append_new_columns", "1|1|a|NULL;2|2|b|NULL;3|3|c|7")]
    [InlineData(TestEngine.Postgres, "append_new_columns", "1|1|a|NULL;2|2|b|NULL;3|3|c|7")]
    [InlineData(TestEngine.DuckDb, "sync_all_columns", "1|1|a|NULL;2|2|b|NULL;3|3|c|7")]
    [InlineData(TestEngine.Postgres, "sync_all_columns", "1|1|a|NULL;2|2|b|NULL;3|3|c|7")]
    public async Task New_columns_follow_on_schema_change(TestEngine engine, string mode, string expected)
    {
        await using var project = await EventsAsync(engine, $", on_schema_change='{mode}'");
        Assert.Equal(
            expected,
            await AfterAsync(
                project,
                "alter table raw.events add column w integer; insert into raw.events values (3, 3, 'c', 7)"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task All_columns_are_synchronised_types_included(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, ", on_schema_change='sync_all_columns'");
        Assert.Equal(
            "1|1;2|2;3000000000|3",
            await AfterAsync(
                project,
                "alter table raw.events drop column v; alter table raw.events alter column id type bigint; insert into raw.events values (3000000000, 3)"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_changed_table_goes_back_with_a_rollback(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, ", unique_key='id'");
        await AfterAsync(project, "insert into raw.events values (1, 3, 'c')");
        await new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System).RollbackAsync(
            partially: false,
            CancellationToken.None
        );
        Assert.Equal("1|1|a;2|2|b", await project.RowsAsync("select * from analytics.events order by n"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Changed_logic_is_said_until_the_table_is_built_anew(TestEngine engine)
    {
        await using var project = await EventsAsync(engine, "");
        const string Changed = """
            {{ config(materialized='incremental') }}
            -- built {{ run_started_at }} by {{ invocation_id }}
            select id, n, upper(v) as v from {{ source('raw', 'events') }}
            {% if is_incremental() %}where n > (select max(n) from {{ this }}){% endif %}
            """;
        project.Write("models/events.sql", Changed);
        Assert.Equal("HW2144", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("HW2144", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("", (await project.BuildAsync(new BuildOptions { FullRefresh = true })).Diagnostics.Codes());
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        project.Write(
            "models/events.sql",
            Changed
                .Replace("upper", "lower", StringComparison.Ordinal)
                .Replace("'incremental'", "'incremental', on_logic_change='full_refresh'", StringComparison.Ordinal)
        );
        Assert.Equal("", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("a;b", await project.RowsAsync("select v from analytics.events order by n"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Microbatches_replace_the_batches_that_are_due(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/daily.sql",
                """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='2024-01-01', lookback=1) }}
                select e.id, e.at, '{{ model.batch.id if model.batch }}' as batch from {{ source('raw', 'events') }} as e
                """
            ),
            ("models/sources.yml", "sources: [{name: raw, tables: [{name: events, config: {event_time: at}}]}]")
        );
        await project.ExecuteAsync(
            "create schema raw; create table raw.events as select 1 as id, timestamp '2024-01-01 10:00:00' as at union all select 2, timestamp '2024-01-02 10:00:00' union all select 3, timestamp '2024-01-03 10:00:00'"
        );
        const string Rows = "select id, batch from analytics.daily order by id";
        var result = await project.BuildAsync(new BuildOptions { EventTimeEnd = new DateTime(2024, 1, 4) });
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("1|2024-01-01;2|2024-01-02;3|2024-01-03", await project.RowsAsync(Rows));

        // The last day and one before it are built again; older ones stay.
        await project.ExecuteAsync("update raw.events set id = id + 10");
        result = await project.BuildAsync(new BuildOptions { EventTimeEnd = new DateTime(2024, 1, 4) });
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("1|2024-01-01;12|2024-01-02;13|2024-01-03", await project.RowsAsync(Rows));
        await project.BuildAsync(
            new BuildOptions { EventTimeStart = new DateTime(2024, 1, 1), EventTimeEnd = new DateTime(2024, 1, 2) }
        );
        Assert.Equal("11|2024-01-01;12|2024-01-02;13|2024-01-03", await project.RowsAsync(Rows));
    }

    private static Task<TestProject> EventsAsync(TestEngine engine) =>
        TestProject.OnAsync(
            engine,
            (
                "models/daily.sql",
                """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='2024-01-01', lookback=2) }}
                select e.id, e.at, 100 / e.part as share from {{ source('raw', 'events') }} as e
                """
            ),
            ("models/reader.sql", "select count(*) as n from {{ ref('daily') }}"),
            ("models/sources.yml", "sources: [{name: raw, tables: [{name: events, config: {event_time: at}}]}]")
        );

    private static readonly BuildOptions UpToFourth = new() { EventTimeEnd = new DateTime(2024, 1, 4) };

    private static string Events(string part) =>
        $"""
            drop table if exists raw.events;
            create table raw.events as select 1 as id, 1 as part, timestamp '2024-01-01 10:00:00' as at
            union all select 2, {part}, timestamp '2024-01-02 10:00:00' union all select 3, 1, timestamp '2024-01-03 10:00:00'
            """;

    [Fact]
    public async Task A_batch_that_fails_leaves_the_others_where_nodes_are_published_one_by_one_and_is_built_again_alone()
    {
        await using var project = await EventsAsync(TestEngine.Postgres);
        await project.ExecuteAsync("create schema raw; " + Events("0"));
        var result = await project.BuildAsync(UpToFourth with { Atomic = false });
        Assert.Equal("daily:Error reader:Skipped", result.Statuses());
        Assert.Equal("HW2157", result.Diagnostics.Codes());
        Assert.Contains("1 of 3 batches", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal("1;3", await project.RowsAsync("select id from analytics.daily order by id"));

        var folder = Path.Combine(project.Root, "target");
        await new Headwater.Modeling.Artifacts.ArtifactFolder(
            folder,
            project.LoadClean(),
            TimeProvider.System
        ).WriteRunResultsAsync(result, "build", CancellationToken.None);
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "run_results.json"));
        Assert.Contains("\"status\":\"partial success\"", text, StringComparison.Ordinal);
        Assert.Contains(
            "\"failed\":[[\"2024-01-02T00:00:00.000000Z\",\"2024-01-03T00:00:00.000000Z\"]]",
            text,
            StringComparison.Ordinal
        );
        var last = Headwater.Modeling.Artifacts.EarlierRun.ReadUnfinished(folder);
        Assert.Equal(["model.shop.daily", "model.shop.reader"], last.Ids.Order(StringComparer.Ordinal));

        // Only the batch that failed is built again: what else the source says by now waits for the next run.
        await project.ExecuteAsync(Events("1") + "; update raw.events set id = id + 10");
        result = await project.BuildAsync(UpToFourth with { Atomic = false, Only = last.Ids, Batches = last.Batches });
        Assert.Equal("daily:Success reader:Success", result.Statuses());
        Assert.Equal("1;3;12", await project.RowsAsync("select id from analytics.daily order by id"));
    }

    [Fact]
    public async Task Of_batches_that_are_published_together_none_holds_if_one_fails()
    {
        await using var project = await EventsAsync(TestEngine.Postgres);
        await project.ExecuteAsync("create schema raw; " + Events("1"));
        Assert.True((await project.BuildAsync(UpToFourth)).Succeeded);
        await project.ExecuteAsync(Events("0") + "; update raw.events set id = id + 10");
        var result = await project.BuildAsync(UpToFourth);
        var batches = result.Outcomes.Single(outcome => outcome.Node.Name == "daily").Batches!;
        Assert.Equal((0, 3), (batches.Successful.Count, batches.Failed.Count));
        Assert.Equal("1;2;3", await project.RowsAsync("select id from analytics.daily order by id"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Batches_that_succeed_are_told(TestEngine engine)
    {
        await using var project = await EventsAsync(engine);
        await project.ExecuteAsync("create schema raw; " + Events("1"));
        var result = await project.BuildAsync(UpToFourth);
        var batches = result.Outcomes.Single(outcome => outcome.Node.Name == "daily").Batches!;
        Assert.Equal(
            ["2024-01-01", "2024-01-02", "2024-01-03"],
            batches.Successful.Select(batch => batch.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        Assert.Empty(batches.Failed);
    }
}
