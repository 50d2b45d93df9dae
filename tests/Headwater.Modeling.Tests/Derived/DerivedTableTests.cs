using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Derived;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Tests.Derived;

public sealed class DerivedTableTests
{
    private static readonly RelationName Sales = new("analytics", "sales");
    private static readonly RelationName Regions = new("analytics", "regions");

    private static readonly DerivedTable ByRegion = new(
        "by_region",
        new RelationName("analytics", "rollup__by_region"),
        """
        SELECT r.name AS k0, sum(s.amount) AS a0, count(*) AS row_count
        FROM analytics.sales AS s LEFT JOIN analytics.regions AS r ON s.region_id = r.region_id GROUP BY 1
        """,
        [Sales, Regions],
        new CountedRows(Sales, "row_count")
    );

    private static Task<TestProject> ShopAsync(
        TestEngine engine,
        string regions = "region_id,name\n1,East\n2,West\n"
    ) =>
        TestProject.OnAsync(
            engine,
            ("seeds/raw_sales.csv", "region_id,amount\n1,10\n2,20\n2,30\n"),
            ("seeds/raw_regions.csv", regions),
            ("models/sales.sql", "{{ config(materialized='table') }}select * from {{ ref('raw_sales') }}"),
            ("models/regions.sql", "select * from {{ ref('raw_regions') }}")
        );

    private static Task<BuildResult> BuildAsync(TestProject project, params string[] select) =>
        project.BuildAsync(new BuildOptions { Select = select, Derived = [ByRegion] });

    private static Task<string> RowsAsync(TestProject project) =>
        project.RowsAsync("SELECT k0, a0 FROM analytics.rollup__by_region ORDER BY k0");

    // The rollups that hold, and of those that do not what has changed.
    private static async Task<string> StateAsync(TestProject project)
    {
        var connection = await project.Host.Warehouse.ConnectAsync(default);
        await using (connection)
        {
            var versions = await PublishedVersions.ReadAllAsync(connection, default);
            return string.Join(
                ' ',
                (await PublishedRollups.ReadAllAsync(connection, default)).Select(rollup =>
                    $"{rollup.Relation.Name}:{rollup.RowCount}:{(rollup.IsSound ? "" : "repeats:")}{rollup.ChangedSince(versions)?.Name ?? "holds"}"
                )
            );
        }
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task It_may_lie_in_a_schema_of_its_own_and_takes_no_place_of_another_table(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        var export = ByRegion with { Relation = new RelationName("shared", "east"), Counted = null };
        var taken = export with { Name = "taken", Relation = Sales };
        var options = new BuildOptions { Derived = [export, taken] };

        Assert.Equal("HW2174", (await project.BuildAsync(options)).Diagnostics.Codes());
        Assert.Equal("HW2174", (await project.BuildAsync(options)).Diagnostics.Codes());

        Assert.Equal("East|10;West|50", await project.RowsAsync("SELECT k0, a0 FROM shared.east ORDER BY k0"));
        Assert.Equal("3", await project.RowsAsync("SELECT count(*) FROM analytics.sales"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task It_goes_when_it_is_declared_no_longer_even_where_no_model_lies(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        var export = ByRegion with { Relation = new RelationName("shared", "east"), Counted = null };
        await project.BuildAsync(new BuildOptions { Derived = [export] });
        await project.ExecuteAsync("CREATE TABLE shared.others AS SELECT 1 AS one");
        const string there =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'shared' ORDER BY 1";
        Assert.Equal("east;others", await project.RowsAsync(there));

        Assert.Empty((await project.BuildAsync(new BuildOptions())).Diagnostics);

        Assert.Equal("others", await project.RowsAsync(there));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task It_is_built_with_what_it_reads_and_holds_until_that_changes(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);

        Assert.Empty((await BuildAsync(project)).Diagnostics);
        Assert.Equal("East|10;West|50", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));

        // Below a view: the rollup reads it all the same.
        project.Write("seeds/raw_regions.csv", "region_id,name\n1,East\n2,South\n");
        await BuildAsync(project, "raw_regions");
        Assert.Equal("East|10;South|50", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));

        await project.BuildAsync(new BuildOptions { Select = ["sales"] });
        Assert.Equal("rollup__by_region:2:sales", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task It_goes_back_with_what_it_reads(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write("seeds/raw_sales.csv", "region_id,amount\n1,11\n");
        await BuildAsync(project);
        Assert.Equal("East|11", await RowsAsync(project));

        await new ModelBuilder(project.Host, project.LoadClean(), TimeProvider.System).RollbackAsync(false, default);

        Assert.Equal("East|10;West|50", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task It_is_not_touched_by_a_build_of_other_models(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        project.Write("models/other.sql", "select 1 as one");
        await BuildAsync(project);
        await project.ExecuteAsync("UPDATE analytics.rollup__by_region SET a0 = 99");

        await BuildAsync(project, "other");

        Assert.Equal("East|99;West|99", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_failing_test_holds_it_back_with_the_models(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);
        project.Write("seeds/raw_sales.csv", "region_id,amount\n1,-1\n");
        project.Write("tests/no_loss.sql", "select * from {{ ref('sales') }} where amount < 0");

        Assert.False((await BuildAsync(project)).Succeeded);

        Assert.Equal("East|10;West|50", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task One_that_fails_holds_back_what_it_reads(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        var wrong = ByRegion with { Sql = "SELECT nothing FROM analytics.sales" };

        var result = await project.BuildAsync(new BuildOptions { Derived = [wrong] });

        Assert.Equal("HW2170", result.Diagnostics.Codes());
        Assert.Empty(result.Published);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task One_whose_joins_repeat_rows_is_not_sound(TestEngine engine)
    {
        await using var project = await ShopAsync(engine, "region_id,name\n1,East\n2,West\n2,West End\n");

        Assert.Equal("HW2172", (await BuildAsync(project)).Diagnostics.Codes());

        Assert.Equal("rollup__by_region:3:repeats:holds", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task One_over_a_view_that_looks_at_the_clock_is_not_built(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        project.Write(
            "models/regions.sql",
            "select * from {{ ref('raw_regions') }} where current_date > date '2025-01-01'"
        );

        Assert.Equal("HW2173", (await BuildAsync(project)).Diagnostics.Codes());
        Assert.Equal("", await StateAsync(project));
    }

    [Fact]
    public async Task One_over_a_table_that_nobody_versions_is_not_built()
    {
        await using var project = await ShopAsync(TestEngine.DuckDb);
        await project.ExecuteAsync(
            "CREATE SCHEMA outside; CREATE TABLE outside.regions AS SELECT 1 AS region_id, 'East' AS name"
        );
        project.Write("models/sources.yml", "sources: [{name: outside, tables: [{name: regions}]}]");
        project.Write("models/regions.sql", "select * from {{ source('outside', 'regions') }}");

        Assert.Equal("HW2171", (await BuildAsync(project)).Diagnostics.Codes());
        Assert.Equal("", await StateAsync(project));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task One_that_is_declared_no_longer_is_dropped_by_the_next_full_build(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);
        await BuildAsync(project);

        await project.BuildAsync(new BuildOptions { Select = ["sales"] });
        Assert.Equal("rollup__by_region:2:sales", await StateAsync(project));

        await project.BuildAsync();
        Assert.Equal("", await StateAsync(project));
        Assert.Equal(
            "0",
            await project.RowsAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'rollup__by_region'"
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Node_by_node_it_is_built_at_the_end(TestEngine engine)
    {
        await using var project = await ShopAsync(engine);

        await project.BuildAsync(new BuildOptions { Atomic = false, Derived = [ByRegion] });

        Assert.Equal("East|10;West|50", await RowsAsync(project));
        Assert.Equal("rollup__by_region:2:holds", await StateAsync(project));
    }
}
