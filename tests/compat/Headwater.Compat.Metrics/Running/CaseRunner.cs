using System.Globalization;
using Headwater.Compat.Metrics.Cases;
using Headwater.Compat.Metrics.Comparing;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Sql;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Compat.Metrics.Running;

/// <summary>Asks one question through the compiler and compares the rows with those of the case's own query.</summary>
internal sealed class CaseRunner(
    IWarehouse warehouse,
    CheckTemplates templates,
    IReadOnlyDictionary<string, Func<MetricModel>> models
)
{
    public async Task<CaseResult> RunAsync(OracleCase item, CancellationToken cancellationToken)
    {
        SqlText sql;
        try
        {
            var model = models[item.Model]();
            sql = new MetricCompiler(model, warehouse.Dialect).Compile(Request(item), AccessRules.None).Sql;
        }
        catch (DiagnosticException refused)
        {
            var problem = refused.Diagnostic;
            return new CaseResult(item, $"refused {problem.Code}", $"{problem.Message} {problem.Hint}");
        }

        ResultTable actual;
        try
        {
            actual = await ReadAsync(sql, cancellationToken);
        }
        catch (WarehouseException problem)
        {
            return new CaseResult(item, "our SQL is wrong", $"{problem.Message}\n{sql.Text}");
        }

        var check = templates.Render(item.CheckQuery);
        ResultTable expected;
        try
        {
            expected = await ReadAsync(new SqlText(check, []), cancellationToken);
        }
        catch (WarehouseException problem)
        {
            return new CaseResult(item, "the check query is wrong here", $"{problem.Message}\n{check}");
        }

        var difference = TableComparison.Difference(expected, actual, item.CheckOrder, item.AllowEmpty);
        return new CaseResult(item, difference?.Cause, difference is null ? "" : $"{difference.Detail}\n{sql.Text}");
    }

    private MetricRequest Request(OracleCase item) =>
        new(
            item.Metrics,
            item.GroupBy,
            item.Where is { } where ? [templates.Render(where)] : [],
            item.OrderBy,
            item.Limit
        )
        {
            SavedQuery = item.SavedQuery,
            Time = item.Bounds is { } bounds ? new TimeBounds(Instant(bounds.From), Instant(bounds.To)) : null,
            BoundsOnly = item.MinMaxOnly,
            KeepsDuplicates = !item.Distinct,
        };

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private async Task<ResultTable> ReadAsync(SqlText sql, CancellationToken cancellationToken)
    {
        await using var connection = await warehouse.ConnectAsync(cancellationToken);
        return await connection.QueryAsync(
            new SqlCommand(sql.Text, [.. sql.Parameters.Select(value => new SqlParameter(value))]),
            cancellationToken
        );
    }
}
