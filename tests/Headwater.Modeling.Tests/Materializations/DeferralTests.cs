using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Materializations;

/// <summary>Builds that read from another environment what is not there.</summary>
public sealed class DeferralTests
{
    private static readonly Dictionary<string, string> Production = new(StringComparer.Ordinal)
    {
        ["model.shop.orders"] = "\"production\".\"orders\"",
        ["model.shop.rates"] = "\"production\".\"rates\"",
    };

    private static async Task<TestProject> ProjectAsync(TestEngine engine)
    {
        var project = await TestProject.OnAsync(
            engine,
            ("models/orders.sql", "select 1 as id, 10 as amount"),
            ("models/rates.sql", "select 2 as rate"),
            (
                "models/totals.sql",
                "select o.id, o.amount * r.rate as total from {{ ref('orders') }} as o cross join {{ ref('rates') }} as r"
            ),
            (
                "models/m.yml",
                """
                unit_tests:
                  - name: amounts_are_multiplied
                    model: totals
                    given: [{input: ref('orders'), rows: [{id: 7, amount: 3}]}]
                    expect: {rows: [{id: 7, total: 15}]}
                """
            )
        );
        await project.ExecuteAsync(
            "create schema production; create table production.orders as select 5 as id, 50 as amount; create table production.rates as select 5 as rate"
        );
        return project;
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_unit_test_takes_columns_and_what_has_no_fixture_from_there(TestEngine engine)
    {
        await using var project = await ProjectAsync(engine);
        var result = await project.BuildAsync(new BuildOptions { Kinds = BuildKinds.UnitTests, Deferred = Production });
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("amounts_are_multiplied:Success", result.Statuses());
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_model_reads_from_there_what_is_not_here(TestEngine engine)
    {
        await using var project = await ProjectAsync(engine);
        var result = await project.BuildAsync(
            new BuildOptions
            {
                Select = ["totals"],
                Kinds = BuildKinds.Models,
                Deferred = Production,
            }
        );
        Assert.Equal("totals:Success", result.Statuses());
        Assert.Equal("5|250", await project.RowsAsync("select id, total from analytics.totals"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Batches_read_from_there_too(TestEngine engine)
    {
        await using var project = await ProjectAsync(engine);
        project.Write(
            "models/daily.sql",
            """
            {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', batch_size='day', begin='2024-01-01') }}
            select e.at, o.amount from {{ ref('events') }} as e cross join {{ ref('orders') }} as o
            """
        );
        project.Write("models/events.sql", "{{ config(event_time='at') }}select timestamp '2024-01-01 00:00:00' as at");
        await project.ExecuteAsync(
            "create table production.events as select timestamp '2024-01-02 10:00:00' as at union all select timestamp '2024-02-02 10:00:00'"
        );
        var result = await project.BuildAsync(
            new BuildOptions
            {
                Select = ["daily"],
                Deferred = new Dictionary<string, string>(Production, StringComparer.Ordinal)
                {
                    ["model.shop.events"] = "\"production\".\"events\"",
                },
                EventTimeEnd = new DateTime(2024, 1, 4),
            }
        );
        Assert.Equal("daily:Success", result.Statuses());
        Assert.Equal("1|50", await project.RowsAsync("select count(*), max(amount) from analytics.daily"));
    }
}
