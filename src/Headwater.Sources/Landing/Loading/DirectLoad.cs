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
        var values = CheckedValues(reading, rules);
        if (!stream.RowNumbers)
        {
            return await target.InsertAsync(
                place,
                reading.Columns,
                values,
                "NULL",
                $"FROM {reading.From}",
                cancellationToken
            );
        }

        var numbered = new NumberedRows(connection);
        var number = await numbered.FillAsync(
            values.Select((value, index) => $"{value} AS {StagedRows.Column(index)}"),
            reading.From,
            cancellationToken
        );
        var landed = await target.InsertAsync(
            place,
            reading.Columns,
            reading.Columns.Select((_, index) => StagedRows.Column(index)),
            number,
            NumberedRows.From,
            cancellationToken
        );
        await numbered.DropAsync(cancellationToken);
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

    // A rule for the whole row stands with the first column.
    private static IEnumerable<string> CheckedValues(FileReading reading, IReadOnlyList<ReadingRule> rules)
    {
        var faults = rules.ToLookup(rule => rule.Column);
        return reading.Columns.Select(
            (column, index) =>
            {
                List<ReadingRule> own = [.. faults[column.Name], .. index == 0 ? faults[null] : []];
                return own.Count == 0
                    ? column.Expression
                    : $"CASE WHEN {string.Join(" OR ", own.Select(rule => $"({rule.Condition})"))} THEN error('{Misfit}') ELSE {column.Expression} END";
            }
        );
    }
}
