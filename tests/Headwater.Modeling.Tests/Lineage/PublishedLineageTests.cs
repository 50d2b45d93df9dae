using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Sql.Lineage;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Tests.Lineage;

public sealed class PublishedLineageTests
{
    private static Task<TestProject> ShopAsync(TestEngine engine) =>
        TestProject.OnAsync(
            engine,
            ("seeds/raw.csv", "id,amount,state\n1,10,open\n2,20,done\n"),
            ("models/stg.sql", "{{ config(materialized='ephemeral') }}select * from {{ ref('raw') }}"),
            (
                "models/orders.sql",
                "{{ config(materialized='table') }}select id as order_id, case when state = 'done' then amount end as paid, 1 as one from {{ ref('stg') }} where amount > 0"
            ),
            ("models/orders_view.sql", "select * from {{ ref('orders') }}"),
            (
                "models/totals.sql",
                "{{ config(materialized='table') }}select count(distinct order_id) as orders, sum(paid) as total from {{ ref('orders_view') }}"
            )
        );

    private static async Task<LineageMap> ReadAsync(TestProject project)
    {
        var connection = await project.Host.Warehouse.ConnectAsync(default);
        await using (connection)
        {
            return new LineageMap((await PublishedLineage.ReadAllAsync(connection, default)).Select(LineageJson.Read));
        }
    }

    private static async Task BuildAsync(TestProject project, BuildOptions? options = null) =>
        Assert.Equal("", string.Join('\n', (await project.BuildAsync(options)).Diagnostics));

    private static string Inputs(LineageMap map, string relation) =>
        map.Find(new RelationName("analytics", relation)) is { } lineage
            ? string.Join(
                "; ",
                lineage.Columns.Select(column =>
                    $"{column.Name} <- {string.Join(", ", column.Inputs.Select(input => $"{input.Column.Relation.Name}.{input.Column.Name} {LineageJson.Word(input.Kind)}"))}"
                )
            )
            : "";

    private static ColumnName Column(string relation, string column) =>
        new(new RelationName("analytics", relation), column);

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_publishes_where_columns_come_from(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        var map = await ReadAsync(project);

        Assert.Equal(
            "order_id <- raw.id copied; paid <- raw.amount transformed, raw.state condition; one <- ",
            Inputs(map, "orders")
        );
        Assert.Equal([Column("raw", "amount")], map.Find(new RelationName("analytics", "orders"))!.FiltersOn);
        Assert.Equal(
            "order_id <- orders.order_id copied; paid <- orders.paid copied; one <- orders.one copied",
            Inputs(map, "orders_view")
        );
        Assert.Equal(
            ["orders_view.paid", "orders.paid", "raw.amount", "raw.state"],
            map.Upstream(Column("totals", "total"))
                .Steps.Select(step => $"{step.Column.Relation.Name}.{step.Column.Name}")
        );
        Assert.Equal(
            ["orders.paid", "orders_view.paid", "totals.total"],
            map.Downstream(Column("raw", "amount"))
                .Steps.Select(step => $"{step.Column.Relation.Name}.{step.Column.Name}")
        );
        Assert.All(map.Relations, relation => Assert.Empty(relation.Gaps));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Only_what_is_made_otherwise_is_traced_again(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}select min(paid) as total from {{ ref('orders_view') }}"
        );
        await BuildAsync(project);

        Assert.Equal(
            "orders 1;orders_view 1;totals 1;totals 2",
            await project.RowsAsync(
                "select relation_name || ' ' || (generation - (select min(generation) from _headwater.column_lineage) + 1) from _headwater.column_lineage order by 1"
            )
        );
        Assert.Equal("total <- orders_view.paid aggregated", Inputs(await ReadAsync(project), "totals"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_star_is_traced_again_when_its_relation_gets_a_column(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write(
            "models/orders.sql",
            "{{ config(materialized='table') }}select id as order_id, amount as paid, state, 1 as one from {{ ref('stg') }}"
        );
        await BuildAsync(project);

        Assert.Contains(
            "state <- orders.state copied",
            Inputs(await ReadAsync(project), "orders_view"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_that_fails_leaves_the_lineage_of_what_stands(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}select min(paid) as total from {{ ref('orders_view') }}"
        );
        project.Write("tests/never.sql", "select * from {{ ref('totals') }}");
        Assert.False((await project.BuildAsync()).Succeeded);

        Assert.StartsWith("orders <- ", Inputs(await ReadAsync(project), "totals"), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_rollback_takes_the_lineage_back_too(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        var before = await ReadAsync(project);
        project.Write(
            "models/totals.sql",
            "{{ config(materialized='table') }}select min(paid) as total from {{ ref('orders_view') }}"
        );
        project.Write("models/more.sql", "select total from {{ ref('totals') }}");
        await BuildAsync(project);
        Assert.Equal("total <- totals.total copied", Inputs(await ReadAsync(project), "more"));
        await new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System).RollbackAsync(false, default);
        var after = await ReadAsync(project);

        Assert.Equal(Inputs(before, "totals"), Inputs(after, "totals"));
        Assert.Null(after.Find(new RelationName("analytics", "more")));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Lineage_goes_with_its_model(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Delete("models/totals.sql");
        await BuildAsync(project);

        Assert.Null((await ReadAsync(project)).Find(new RelationName("analytics", "totals")));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Incremental_models_and_snapshots_come_from_what_their_queries_read(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        project.Write(
            "models/log.sql",
            """
            {{ config(materialized='incremental', unique_key='id') }}
            select id, amount + 1 as more from {{ ref('raw') }}
            {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
            """
        );
        project.Write(
            "snapshots/was.sql",
            """
            {% snapshot was %}{{ config(target_schema='analytics', unique_key='id', strategy='check', check_cols='all') }}
            select id, state from {{ ref('raw') }}{% endsnapshot %}
            """
        );
        await BuildAsync(project);
        await BuildAsync(project);
        var map = await ReadAsync(project);

        Assert.Equal("id <- raw.id copied; more <- raw.amount transformed", Inputs(map, "log"));
        Assert.Equal([Column("raw", "id")], map.Find(new RelationName("analytics", "log"))!.FiltersOn);
        Assert.StartsWith(
            "id <- raw.id copied; state <- raw.state copied; dbt_scd_id <- raw.id transformed",
            Inputs(map, "was"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Node_by_node_builds_publish_it_as_well(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project, new BuildOptions { Atomic = false });

        Assert.StartsWith(
            "orders <- orders_view.order_id aggregated",
            Inputs(await ReadAsync(project), "totals"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_not_understood_is_said()
    {
        await using var project = new TestProject(
            ("seeds/raw.csv", "id,kind\n1,a\n2,b\n"),
            ("models/wide.sql", "pivot {{ ref('raw') }} on kind in ('a', 'b') using count(*)")
        );
        await BuildAsync(project);
        var wide = (await ReadAsync(project)).Find(new RelationName("analytics", "wide"))!;

        Assert.NotEmpty(wide.Gaps);
        Assert.Equal(["id", "a", "b"], wide.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task SQL_that_is_not_read_is_named_by_line_and_column()
    {
        await using var project = new TestProject(
            ("seeds/raw.csv", "id,kind\n1,a\n2,b\n"),
            ("models/odd.sql", "select column_name\nfrom (summarize {{ ref('raw') }})"),
            ("models/behind.sql", "select column_name as c from {{ ref('odd') }}")
        );
        await BuildAsync(project);
        var map = await ReadAsync(project);
        var odd = map.Find(new RelationName("analytics", "odd"))!;

        Assert.StartsWith(
            "HW2900 in line 2, column 7 of the compiled SQL",
            odd.Gaps.Single(),
            StringComparison.Ordinal
        );
        Assert.False(odd.Columns.Single().Complete);
        Assert.Equal("c <- odd.column_name copied", Inputs(map, "behind"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Columns_of_earlier_builds_are_kept_and_marked(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        const string config =
            "{{ config(materialized='incremental', unique_key='id', on_schema_change='append_new_columns') }}";
        project.Write("models/log.sql", config + "select id, amount from {{ ref('raw') }}");
        await BuildAsync(project);
        project.Write("models/log.sql", config + "select id, state as word from {{ ref('raw') }}");
        await project.BuildAsync();
        var map = await ReadAsync(project);

        Assert.Equal("id <- raw.id copied; amount <- ; word <- raw.state copied", Inputs(map, "log"));
        Assert.Contains(
            "amount",
            map.Find(new RelationName("analytics", "log"))!.Gaps.Single(),
            StringComparison.Ordinal
        );
    }
}
