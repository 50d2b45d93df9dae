using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Tests;

public sealed class AtomicityTests
{
    private static TestProject Shop(string orders = "select 1 as id, 10 as amount") =>
        new(
            ("models/orders.sql", "{{ config(materialized='table') }}\n" + orders),
            (
                "models/totals.sql",
                "{{ config(materialized='table') }}\nselect sum(amount) as total from {{ ref('orders') }}"
            ),
            ("models/other.sql", "{{ config(materialized='table') }}\nselect 1 as n"),
            (
                "models/schema.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests: [not_null]
                """
            )
        );

    private static Task<string> Totals(TestProject project) => project.RowsAsync("select total from analytics.totals");

    [Fact]
    public async Task A_failed_test_publishes_nothing_of_its_part_and_skips_what_reads_the_model()
    {
        await using var project = Shop();
        Assert.True((await project.BuildAsync()).Succeeded);
        project.Write("models/orders.sql", "{{ config(materialized='table') }}\nselect null as id, 99 as amount");
        project.Write("models/other.sql", "{{ config(materialized='table') }}\nselect 2 as n");
        var result = await project.BuildAsync();
        Assert.False(result.Succeeded);
        Assert.Equal("orders:Success not_null_orders_id:Failed totals:Skipped other:Success", result.Statuses());
        Assert.Equal("HW2132", result.Diagnostics.Codes());
        Assert.Equal("10", await Totals(project));
        Assert.Equal("2", await project.RowsAsync("select n from analytics.other"));
        Assert.Equal(["other"], result.Published.Select(relation => relation.Name));
        Assert.Equal(
            ["other"],
            result.Outcomes.Where(outcome => outcome.IsPublished).Select(outcome => outcome.Node.Name)
        );
    }

    [Fact]
    public async Task Without_atomic_builds_each_node_is_published_as_it_is_built()
    {
        await using var project = Shop("select null as id, 99 as amount");
        var result = await project.BuildAsync(new BuildOptions { Atomic = false });
        Assert.Equal("orders:Success not_null_orders_id:Failed totals:Skipped other:Success", result.Statuses());
        Assert.Equal("99", await project.RowsAsync("select amount from analytics.orders"));
    }

    [Fact]
    public async Task A_runtime_error_leaves_the_last_good_state()
    {
        await using var project = Shop();
        await project.BuildAsync();
        project.Write("models/orders.sql", "{{ config(materialized='table') }}\nselect 1 as id, 20 as amount");
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}\nselect error('broken') as total from {{ ref('orders') }}"
        );
        var result = await project.BuildAsync();
        Assert.Equal("HW2131", result.Diagnostics.Codes());
        Assert.Equal("10", await Totals(project));
        Assert.Equal("10", await project.RowsAsync("select amount from analytics.orders"));
    }

    [Fact]
    public async Task All_statements_that_are_wrong_are_reported_before_anything_runs()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            ("models/b.sql", "select no_such_column from {{ ref('a') }}"),
            ("models/c.sql", "select\n  x,\n  nonsense(x) as y\nfrom {{ ref('a') }}"),
            ("models/d.sql", "select * from {{ ref('b') }}"),
            ("models/e.sql", "selekt 1 from {{ ref('a') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("HW2130 HW2130 HW2130", result.Diagnostics.Codes());
        Assert.Equal(
            ["models/b.sql:1:8", "models/c.sql:3:3", "models/e.sql:1:1"],
            result.Diagnostics.Select(diagnostic => diagnostic.Location!.ToString())
        );
        Assert.Equal(
            "a:Skipped b:Error c:Error d:Skipped e:Error",
            string.Join(' ', result.Statuses().Split(' ').Order())
        );
        Assert.Equal(
            "0",
            await project.RowsAsync("select count(*) from information_schema.tables where table_schema = 'analytics'")
        );
    }

    [Fact]
    public async Task Cancellation_in_the_middle_of_a_build_keeps_what_was_published()
    {
        await using var project = Shop();
        await project.BuildAsync();
        project.Write("models/orders.sql", "{{ config(materialized='table') }}\nselect 1 as id, 20 as amount");
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}\nselect count(*) as total from {{ ref('orders') }}, range(100000000) a, range(100000000) b"
        );
        using var source = new CancellationTokenSource();
        var progress = new Reaction(happened =>
        {
            if (happened is NodeStarted { Node.Name: "totals" })
            {
                source.CancelAfter(100);
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.BuildAsync(null, progress, source.Token));
        Assert.Equal("10", await Totals(project));
        Assert.Equal("10", await project.RowsAsync("select amount from analytics.orders"));
    }

    [Fact]
    public async Task A_commit_raises_the_versions_of_just_what_it_built()
    {
        await using var project = Shop();
        await project.BuildAsync();
        await project.BuildAsync(new BuildOptions { Select = ["totals"] });
        var versions = project.Host.Warehouse.Versions;
        Assert.Equal(1, versions[new RelationName("analytics", "orders")]);
        Assert.Equal(2, versions[new RelationName("analytics", "totals")]);
        Assert.Equal(
            """orders|False|model.shop.orders|[];other|False|model.shop.other|[];totals|False|model.shop.totals|[["analytics","orders"]]""",
            await project.RowsAsync(
                "select relation_name, is_view, node_id, reads from _headwater.relations order by 1"
            )
        );
    }

    [Fact]
    public async Task A_relation_whose_model_is_gone_is_unpublished_by_a_full_build()
    {
        await using var project = Shop();
        await project.BuildAsync();
        project.Delete("models/other.sql");
        await project.BuildAsync();
        Assert.Equal(
            "orders;totals",
            await project.RowsAsync("select relation_name from _headwater.relations order by 1")
        );
    }

    [Fact]
    public async Task Fail_fast_stops_at_the_first_failure()
    {
        await using var project = Shop("select null as id, 1 as amount");
        var result = await project.BuildAsync(new BuildOptions { FailFast = true });
        Assert.Equal("orders:Success not_null_orders_id:Failed totals:Skipped other:Skipped", result.Statuses());
    }

    [Fact]
    public async Task A_failing_test_of_a_source_holds_back_the_models_that_read_it()
    {
        await using var project = new TestProject(
            ("models/people.sql", "{{ config(materialized='table') }}\nselect * from {{ source('crm', 'people') }}"),
            (
                "models/sources.yml",
                """
                sources:
                  - name: crm
                    schema: raw_crm
                    tables:
                      - name: people
                        columns: [{name: id, data_tests: [unique]}]
                """
            )
        );
        await project.ExecuteAsync(
            "create schema raw_crm; create table raw_crm.people as select 1 as id from range(2)"
        );
        var result = await project.BuildAsync();
        Assert.Equal("source_unique_crm_people_id:Failed people:Skipped", result.Statuses());
    }

    [Fact]
    public async Task A_build_that_meets_another_writer_publishes_nothing_and_says_so()
    {
        await using var project = Shop();
        await project.BuildAsync();
        project.Write("models/orders.sql", "{{ config(materialized='table') }}\nselect 1 as id, 20 as amount");
        var other = await project.Host.Warehouse.ConnectAsync(CancellationToken.None);
        await using (other)
        {
            await other.BeginAsync(CancellationToken.None);
            await other.ExecuteAsync(
                "update _headwater.relation_versions set version = version + 1",
                CancellationToken.None
            );
            var result = await project.BuildAsync(new BuildOptions { Select = ["orders+"] });
            Assert.Equal("HW2135", result.Diagnostics.Codes());
            await other.RollbackAsync(CancellationToken.None);
        }

        Assert.Equal("10", await Totals(project));
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("20", await Totals(project));
    }

    [Fact]
    public async Task A_seed_that_cannot_be_read_is_one_diagnostic()
    {
        await using var project = new TestProject(
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
    public async Task What_reads_a_wrong_model_through_an_ephemeral_one_is_not_blamed()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select nonsense(1) as x"),
            ("models/b.sql", "{{ config(materialized='ephemeral') }}select x from {{ ref('a') }}"),
            ("models/c.sql", "select x from {{ ref('b') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("a:Error c:Skipped", result.Statuses());
    }

    [Fact]
    public async Task A_check_does_not_blame_what_a_hook_prepares()
    {
        await using var project = new TestProject(
            (
                "models/a.sql",
                "{{ config(materialized='table', pre_hook='create table main.prepared as select 7 as x', post_hook='alter table {{ this }} add column y integer') }}select x from main.prepared"
            ),
            ("models/b.sql", "select x, y from {{ ref('a') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("7|NULL", await project.RowsAsync("select * from analytics.b"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_converted_is_one_diagnostic()
    {
        await using var project = new TestProject(
            ("models/a.sql", "{{ config(materialized='table') }}select cast('x' as integer) as n"),
            ("models/b.sql", "select * from {{ ref('a') }}"),
            ("models/c.sql", "select n + 1 as m from {{ ref('a') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("a:Error b:Skipped c:Skipped", result.Statuses());
        Assert.Equal("HW2131", result.Diagnostics.Codes());
    }

    [Fact]
    public async Task Progress_tells_each_node_and_part_in_order()
    {
        await using var project = Shop();
        var told = new List<string>();
        await project.BuildAsync(
            new BuildOptions { Select = ["orders"] },
            new Reaction(happened =>
                told.Add(
                    happened switch
                    {
                        BuildStarted started => $"{started.Nodes} nodes",
                        NodeStarted started => $"{started.Index}/{started.Total} {started.Node.Name}",
                        NodeFinished finished => $"{finished.Outcome.Node.Name} {finished.Outcome.Status}",
                        PartFinished finished => $"committed {finished.Committed}",
                        _ => "?",
                    }
                )
            )
        );
        Assert.Equal(
            [
                "2 nodes",
                "1/2 orders",
                "orders Success",
                "2/2 not_null_orders_id",
                "not_null_orders_id Success",
                "committed True",
            ],
            told
        );
    }

    private sealed class Reaction(Action<BuildEvent> react) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => react(value);
    }
}
