using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Tests.Parsing;

public sealed class SnapshotParsingTests
{
    [Fact]
    public async Task Blocks_are_snapshots_with_the_settings_of_their_config()
    {
        await using var project = new TestProject(
            ("models/orders.sql", "select 1 as id, now() as changed"),
            (
                "snapshots/history.sql",
                """
                {% snapshot orders_history %}
                {{ config(strategy='timestamp', unique_key=['id', 'region'], updated_at='changed', target_schema='kept',
                    hard_deletes='new_record', dbt_valid_to_current="date '9999-12-31'",
                    snapshot_meta_column_names={'dbt_valid_from': 'since'}) }}
                select * from {{ ref('orders') }}
                {% endsnapshot %}

                {% snapshot other %}
                {{ config(strategy='check', unique_key='id', check_cols=['a', 'b'], schema='side', invalidate_hard_deletes=true) }}
                select 1 as id
                {% endsnapshot %}
                """
            )
        );
        var manifest = project.LoadClean();
        var first = (SnapshotNode)manifest.Nodes["snapshot.shop.orders_history"];
        Assert.Equal("kept.orders_history", first.Relation.ToString());
        Assert.Equal(["model.shop.orders"], first.DependsOn);
        Assert.Equal(["shop", "history", "orders_history"], first.Fqn);
        Assert.Equal(SnapshotStrategy.Timestamp, first.Settings.Strategy);
        Assert.Equal(["id", "region"], first.Settings.UniqueKey);
        Assert.Equal(HardDeletes.NewRecord, first.Settings.HardDeletes);
        Assert.Equal("date '9999-12-31'", first.Settings.ValidToCurrent);
        Assert.Equal(("since", "dbt_valid_to"), (first.Settings.ValidFromColumn, first.Settings.ValidToColumn));
        var second = (SnapshotNode)manifest.Nodes["snapshot.shop.other"];
        Assert.Equal("analytics_side.other", second.Relation.ToString());
        Assert.Equal(["a", "b"], second.Settings.CheckColumns);
        Assert.Equal(HardDeletes.Invalidate, second.Settings.HardDeletes);
    }

    [Fact]
    public async Task A_properties_file_can_write_a_whole_snapshot()
    {
        await using var project = new TestProject(
            ("models/orders.sql", "select 1 as id"),
            ("models/reader.sql", "select * from {{ ref('kept_orders') }}"),
            (
                "snapshots/kept.yml",
                """
                snapshots:
                  - name: kept_orders
                    relation: ref('orders')
                    config:
                      strategy: check
                      unique_key: id
                      check_cols: all
                """
            )
        );
        var manifest = project.LoadClean();
        var snapshot = Assert.Single(manifest.Snapshots);
        Assert.Equal("select * from {{ ref('orders') }}", snapshot.RawSql);
        Assert.Equal(["model.shop.orders"], snapshot.DependsOn);
        Assert.Null(snapshot.Settings.CheckColumns);
        Assert.Equal(["snapshot.shop.kept_orders"], manifest.FindRef("reader")!.DependsOn);
    }

    [Theory]
    [InlineData("unique_key='id', updated_at='x'", "HW2119")]
    [InlineData("strategy='timestamp', unique_key='id'", "HW2119")]
    [InlineData("strategy='check', unique_key='id'", "HW2119")]
    [InlineData("strategy='check', check_cols='all'", "HW2119")]
    [InlineData("strategy='guess', unique_key='id'", "HW2109")]
    [InlineData("strategy='check', unique_key='id', check_cols='all', hard_deletes='burn'", "HW2109")]
    public async Task What_a_snapshot_lacks_is_said(string config, string code)
    {
        await using var project = new TestProject(
            ("snapshots/s.sql", "{% snapshot s %}{{ config(" + config + ") }}select 1 as id{% endsnapshot %}")
        );
        Assert.Equal(code, project.Load().Diagnostics.Codes());
    }
}
