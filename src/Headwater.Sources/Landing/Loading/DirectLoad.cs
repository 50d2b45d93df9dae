using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>
/// Loads a file straight into its table, trusting that every row can be read: the quick way. The first row that a rule would set aside ends it, and the
/// file has to be staged.
/// </summary>
internal sealed class DirectLoad(
    IWarehouseConnection connection,
    SqlDialect dialect,
    TargetRows target,
    StreamDefinition stream
)
{
    private const string Misfit = "hw_misfit";

    /// <summary>Loads a file.</summary>
    /// <returns>Rows landed.</returns>
    /// <exception cref="WarehouseException">The engine failed; <see cref="IsMisfit"/> tells whether a row could not be read.</exception>
    public async ValueTask<long> LoadAsync(
        LandingPlace place,
        FileReading reading,
        IReadOnlyList<ReadingRule> rules,
        CancellationToken cancellationToken
    )
    {
        var from = Read(reading, rules);
        var values = CheckedValues(reading, rules);
        var landed = await target.InsertAsync(place, reading.Columns, values, "NULL", from, cancellationToken);
        if (stream.RowNumbers)
        {
            await target.NumberAsync(place, cancellationToken);
        }

        return landed;
    }

    /// <summary>Whether an engine's failure says that a row could not be read.</summary>
    public static bool IsMisfit(WarehouseException problem) =>
        problem.Message.Contains(Misfit, StringComparison.Ordinal);

    /// <summary>Whether the engine's reader has set rows aside of which a value did not fit its type.</summary>
    /// <param name="rejects">The table of such rows.</param>
    public async ValueTask<bool> HasFailedCastsAsync(string rejects, CancellationToken cancellationToken)
    {
        var found = await connection.QueryAsync(
            $"SELECT 1 FROM {dialect.Quote(rejects)} WHERE error_type = 'CAST' LIMIT 1",
            cancellationToken
        );
        return found.RowCount > 0;
    }

    // Values and faults are worked out side by side, where the engine shares what they have in common; inside a CASE it would not.
    private static string Read(FileReading reading, IReadOnlyList<ReadingRule> rules)
    {
        var columns = reading.Columns.Select((column, index) => $"{column.Expression} AS {StagedRows.Column(index)}");
        var fault =
            rules.Count == 0
                ? []
                : new[] { $"{string.Join(" OR ", rules.Select(rule => $"({rule.Condition})"))} AS {StagedRows.Fault}" };
        return $"FROM (SELECT {string.Join(", ", columns.Concat(fault))} FROM {reading.From})";
    }

    // One check a row, with the first column, ends the load.
    private static IEnumerable<string> CheckedValues(FileReading reading, IReadOnlyList<ReadingRule> rules) =>
        reading.Columns.Select(
            (_, index) =>
                index == 0 && rules.Count > 0
                    ? $"CASE WHEN {StagedRows.Fault} THEN error('{Misfit}') ELSE {StagedRows.Column(index)} END"
                    : StagedRows.Column(index)
        );
}
