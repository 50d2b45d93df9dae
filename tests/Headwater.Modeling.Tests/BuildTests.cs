using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests;

public sealed class BuildTests
{
    [Fact]
    public async Task A_seed_a_view_and_a_table_are_built_and_tested()
    {
        await using var project = new TestProject(
            ("seeds/raw_orders.csv", "id,status,amount\n1,won,10.5\n2,lost,\n3,won,4\n"),
            (
                "models/staging/stg_orders.sql",
                "select id, status, coalesce(amount, 0) as amount from {{ ref('raw_orders') }}"
            ),
            (
                "models/orders_by_status.sql",
                "{{ config(materialized='table', tags=['nightly']) }}\nselect status, sum(amount) as amount from {{ ref('stg_orders') }} group by 1"
            ),
            (
                "models/schema.yml",
                """
                models:
                  - name: stg_orders
                    columns:
                      - name: id
                        data_tests: [unique, not_null]
                      - name: status
                        tests:
                          - accepted_values:
                              arguments:
                                values: [won, lost]
                  - name: orders_by_status
                    columns:
                      - name: status
                        tests:
                          - relationships: {to: ref('stg_orders'), field: status}
                """
            ),
            ("tests/no_negative.sql", "select * from {{ ref('orders_by_status') }} where amount < 0")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.True(result.Succeeded);
        Assert.Equal(8, result.Count(NodeStatus.Success));
        Assert.Equal("lost|0;won|14.5", await project.RowsAsync("select * from analytics.orders_by_status order by 1"));
        Assert.Equal(3, result.Outcomes.Single(outcome => outcome.Node.Name == "raw_orders").Rows);
        Assert.Equal(3, result.Published.Count);
    }
}
