using Headwater.Modeling.Building;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Tests.Publishing;

public sealed class PublicationTests
{
    private static Task<TestProject> ShopAsync(TestEngine engine) =>
        TestProject.OnAsync(
            engine,
            ("seeds/raw.csv", "id,amount\n1,10\n2,20\n"),
            ("models/orders.sql", "{{ config(materialized='table') }}select id, amount from {{ ref('raw') }}"),
            ("models/orders_view.sql", "select id, amount * 2 as twice from {{ ref('orders') }}"),
            (
                "models/totals.sql",
                "{{ config(materialized='table') }}select sum(twice) as total, count(*) as n from {{ ref('orders_view') }}"
            ),
            ("models/schema.yml", "models: [{name: orders, columns: [{name: id, data_tests: [unique, not_null]}]}]")
        );

    private static async Task<TestProject> BuiltAsync(TestEngine engine)
    {
        var project = await ShopAsync(engine);
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return project;
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_replaces_what_the_last_one_made(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        Assert.Equal("60|2", await project.RowsAsync("select total, n from analytics.totals"));
        project.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n3,30\n");
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("120|3", await project.RowsAsync("select total, n from analytics.totals"));
        Assert.Equal("2;4;6", await project.RowsAsync("select twice / 10 from analytics.orders_view order by 1"));
        Assert.Equal(3, result.Outcomes.Single(outcome => outcome.Node.Name == "raw").Rows);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_failed_test_publishes_nothing(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        project.Write("seeds/raw.csv", "id,amount\n1,10\n1,20\n3,30\n");
        var result = await project.BuildAsync();
        Assert.Equal("HW2132", result.Diagnostics.Codes());
        Assert.Equal("60|2", await project.RowsAsync("select total, n from analytics.totals"));
        Assert.Equal("2", await project.RowsAsync("select count(*) from analytics.raw"));
        Assert.Empty(result.Published);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_relation_changes_between_view_and_table(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        project.Write("models/orders.sql", "select id, amount from {{ ref('raw') }}");
        project.Write(
            "models/orders_view.sql",
            "{{ config(materialized='table') }}select id, amount * 3 as twice from {{ ref('orders') }}"
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("90|2", await project.RowsAsync("select total, n from analytics.totals"));
        Assert.Equal(
            "orders VIEW;orders_view BASE TABLE",
            await project.RowsAsync(
                "select table_name || ' ' || table_type from information_schema.tables where table_schema = 'analytics' and table_name like 'orders%' and table_name not like '\\_\\_%' escape '\\' order by 1"
            )
        );
    }

    [Fact]
    public async Task On_postgres_a_failing_node_does_not_end_its_part()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            ("models/a.sql", "{{ config(materialized='table') }}select 1 as x"),
            ("models/b.sql", "{{ config(materialized='table') }}select 1 / (x - 1) as y from {{ ref('a') }}"),
            ("models/c.sql", "{{ config(materialized='table') }}select nothing from {{ ref('a') }}"),
            ("models/d.sql", "{{ config(materialized='table') }}select x from {{ ref('a') }}"),
            ("models/e.sql", "{{ config(materialized='table') }}select y from {{ ref('b') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("a:Success b:Error c:Error d:Success e:Skipped", result.Statuses());
        Assert.Equal("HW2131 HW2130", result.Diagnostics.Codes());
        Assert.Equal("0", await project.RowsAsync("select count(*) from pg_tables where schemaname = 'analytics'"));
    }

    [Fact]
    public async Task On_postgres_views_of_others_read_the_new_tables_and_keep_their_rights()
    {
        await using var project = await BuiltAsync(TestEngine.Postgres);
        await project.ExecuteAsync(
            """
            create role analyst;
            create schema own;
            create view own.big as select id from analytics.orders where amount > 10;
            create view own.bigger as select id from own.big;
            grant select on own.big to analyst;
            grant select on analytics.orders to analyst;
            """
        );
        project.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n3,30\n");
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("2;3", await project.RowsAsync("select id from own.bigger order by 1"));
        Assert.Equal(
            "true|true",
            await project.RowsAsync(
                "select has_table_privilege('analyst', 'own.big', 'select')::text, has_table_privilege('analyst', 'analytics.orders', 'select')::text"
            )
        );
        await project.ExecuteAsync("drop owned by analyst; drop role analyst");
    }

    [Fact]
    public async Task On_postgres_a_view_of_others_that_no_longer_fits_is_kept_and_said()
    {
        await using var project = await BuiltAsync(TestEngine.Postgres);
        await project.ExecuteAsync(
            "create schema own; create view own.twice as select twice from analytics.orders_view"
        );
        project.Write("models/orders_view.sql", "select id, amount * 2 as double from {{ ref('orders') }}");
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}select sum(double) as total, count(*) as n from {{ ref('orders_view') }}"
        );
        var result = await project.BuildAsync();
        Assert.True(result.Succeeded);
        Assert.Equal("HW2147", result.Diagnostics.Codes());
        Assert.Equal("2", await project.RowsAsync("select count(*) from own.twice"));
        Assert.Equal("HW2148 HW2148", (await project.BuildAsync()).Diagnostics.Codes());
        Assert.Equal("2", await project.RowsAsync("select count(*) from own.twice"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Rollback_returns_to_the_build_before_the_last(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        project.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n3,30\n");
        await project.BuildAsync();
        project.Write("seeds/raw.csv", "id,amount\n1,10\n");
        project.Write("models/extra.sql", "{{ config(materialized='table') }}select * from {{ ref('raw') }}");
        await project.BuildAsync();
        Assert.Equal("20|1", await project.RowsAsync("select total, n from analytics.totals"));

        var builder = new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System);
        var result = await builder.RollbackAsync(partially: false, CancellationToken.None);
        Assert.Equal("120|3", await project.RowsAsync("select total, n from analytics.totals"));
        Assert.Equal("3", await project.RowsAsync("select count(*) from analytics.orders_view"));
        Assert.Equal(["extra"], result.Removed.Select(relation => relation.Name));
        Assert.Equal(["orders", "orders_view", "raw", "totals"], result.Restored.Select(name => name.Name).Order());
        Assert.Equal(
            "orders;orders_view;raw;totals",
            await project.RowsAsync("select relation_name from _headwater.relations order by 1")
        );

        var again = await Assert.ThrowsAsync<Headwater.Kernel.Diagnostics.DiagnosticException>(() =>
            builder.RollbackAsync(partially: false, CancellationToken.None)
        );
        Assert.Equal("HW2145", again.Diagnostic.Code);
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("20|1", await project.RowsAsync("select total, n from analytics.totals"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task One_generation_is_kept_and_no_more(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        for (var build = 0; build < 3; build++)
        {
            Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        }

        var kept =
            engine == TestEngine.Postgres
                ? "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname like '%_kept_%' and relkind in ('r', 'v')"
                : "select (select count(*) from duckdb_tables() where table_name like '%headwater_%') + (select count(*) from duckdb_views() where view_name like '%headwater_%')";
        Assert.Equal("4", await project.RowsAsync(kept));
        Assert.Equal("4", await project.RowsAsync("select count(*) from _headwater.kept_relations"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_rollback_leaves_history_and_kept_failures_alone(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/raw.csv", "id,amount\n1,10\n"),
            ("models/orders.sql", "{{ config(materialized='table') }}select id, amount from {{ ref('raw') }}"),
            (
                "snapshots/states.sql",
                "{% snapshot states %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select * from {{ ref('orders') }}{% endsnapshot %}"
            ),
            (
                "models/schema.yml",
                "models: [{name: orders, columns: [{name: amount, data_tests: [{not_null: {config: {store_failures: true}}}]}]}]"
            )
        );
        Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        project.Write("seeds/raw.csv", "id,amount\n1,20\n");
        Assert.Equal("", string.Join('\n', (await project.BuildAsync()).Diagnostics));
        // This one publishes nothing but its failing rows: what is kept is still the state before the last that did.
        project.Write("seeds/raw.csv", "id,amount\n1,\n");
        Assert.False((await project.BuildAsync()).Succeeded);
        Assert.Equal(
            "1",
            await project.RowsAsync("select count(*) from analytics_dbt_test__audit.not_null_orders_amount")
        );

        await new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System).RollbackAsync(
            partially: false,
            CancellationToken.None
        );
        Assert.Equal("10", await project.RowsAsync("select amount from analytics.orders"));
        Assert.Equal("2", await project.RowsAsync("select count(*) from analytics.states"));
        Assert.Equal(
            "1",
            await project.RowsAsync("select count(*) from analytics_dbt_test__audit.not_null_orders_amount")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_that_keeps_nothing_leaves_nothing_to_go_back_to(TestEngine engine)
    {
        await using var project = await BuiltAsync(engine);
        await project.BuildAsync();
        Assert.Equal("", (await project.BuildAsync(new BuildOptions { KeepPrevious = false })).Diagnostics.Codes());
        Assert.Equal("0", await project.RowsAsync("select count(*) from _headwater.kept_relations"));
        var nothing = await Assert.ThrowsAsync<Headwater.Kernel.Diagnostics.DiagnosticException>(() =>
            new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System).RollbackAsync(
                partially: false,
                CancellationToken.None
            )
        );
        Assert.Equal("HW2145", nothing.Diagnostic.Code);
    }
}
