using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Testing;

/// <summary>What a test found.</summary>
/// <param name="Failures">The value of <c>fail_calc</c>: rows that fail, unless set otherwise.</param>
internal sealed record TestFinding(long Failures, bool ShouldWarn, bool ShouldFail);

/// <summary>Counts the rows of a test's query and holds them against its thresholds.</summary>
internal static class TestQuery
{
    /// <summary>The counting query around a test's own.</summary>
    public static string Of(TestNode test, string sql)
    {
        var config = test.Config;
        var calculation = config.Text("fail_calc") ?? "count(*)";
        var limit = config.Integer("limit") is { } rows ? $"\nlimit {rows}" : "";
        return $"""
            select
              coalesce(cast({calculation} as bigint), 0) as failures,
              coalesce({calculation} {config.Text("warn_if") ?? "!= 0"}, false) as should_warn,
              coalesce({calculation} {config.Text("error_if") ?? "!= 0"}, false) as should_error
            from (
            {sql}{limit}
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
        return test.Config.Severity == "warn"
            ? new TestFinding((long)table.Value(0, 0)!, warns, false)
            : new TestFinding((long)table.Value(0, 0)!, warns, fails);
    }
}
