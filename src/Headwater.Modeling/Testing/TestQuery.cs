using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Testing;

/// <summary>What a test found.</summary>
/// <param name="Failures">The value of <c>fail_calc</c>: rows that fail, unless set otherwise.</param>
internal sealed record TestFinding(long Failures, bool ShouldWarn, bool ShouldFail);

/// <summary>Counts the rows of a test's query and holds them against its thresholds.</summary>
internal static class TestQuery
{
    /// <summary>The test's own query, with its limit.</summary>
    public static string Rows(TestNode test, string sql) =>
        test.Settings.Limit is { } limit ? $"{sql}\nlimit {limit}" : sql;

    /// <summary>The counting query around a test's own.</summary>
    public static string Of(TestNode test, string sql)
    {
        var settings = test.Settings;
        return $"""
            select
              coalesce(cast({settings.FailCalculation} as bigint), 0) as failures,
              coalesce({settings.FailCalculation} {settings.WarnIf}, false) as should_warn,
              coalesce({settings.FailCalculation} {settings.ErrorIf}, false) as should_error
            from (
            {Rows(test, sql)}
            ) as dbt_internal_test
            """;
    }

    public static async ValueTask<TestFinding> RunAsync(
        IWarehouseConnection connection,
        TestNode test,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var table = await connection.QueryAsync(Of(test, sql), cancellationToken);
        var warns = (bool)table.Value(0, 1)!;
        var fails = (bool)table.Value(0, 2)!;
        return test.Settings.OnlyWarns
            ? new TestFinding((long)table.Value(0, 0)!, warns, false)
            : new TestFinding((long)table.Value(0, 0)!, warns, fails);
    }
}
