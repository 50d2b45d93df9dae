using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Formats.Csv;
using Headwater.Sources.Landing.Tables;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>
/// Decides, where values of a staged file do not fit the type of their column, whether the rows are bad or the type is: types are worked out from a
/// sample, and what comes after it may be wider.
/// </summary>
internal sealed class TypeWidening(
    IWarehouseConnection connection,
    SqlDialect dialect,
    SourceDefinition source,
    StreamDefinition stream
)
{
    // With more than this share of misfits a column is of another type; with less, some of its rows are bad.
    private const double OtherTypeShare = 0.2;

    // From the narrowest on: of two that fit as many values, the first is taken.
    private static readonly string[] WiderTypes =
    [
        ColumnTypes.Number,
        ColumnTypes.Timestamp,
        ColumnTypes.ZonedTimestamp,
    ];

    /// <summary>The types that columns of the staged file should have, of those that are not given by the stream or frozen. Reads each column at fault again.</summary>
    /// <returns>Types by column; empty if all faults are those of rows.</returns>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask<IReadOnlyDictionary<string, string>> FindAsync(
        FileReading reading,
        CancellationToken cancellationToken
    )
    {
        var wider = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (reading.Texts is null || source.SchemaChanges == SchemaChanges.Freeze)
        {
            return wider;
        }

        var faults = await connection.QueryAsync(
            $"SELECT DISTINCT {StagedRows.FaultColumn} FROM {StagedRows.Name} WHERE {StagedRows.FaultColumn} IS NOT NULL",
            cancellationToken
        );
        var inference = new TypeInference(connection, dialect);
        for (long row = 0; row < faults.RowCount; row++)
        {
            var column = reading.Find((string)faults.Value(row, 0)!);
            if (!stream.Format.Columns.ContainsKey(column.Name))
            {
                var type = await WiderTypeAsync(inference, reading.Texts, column, cancellationToken);
                if (type != column.Type)
                {
                    wider[column.Name] = type;
                }
            }
        }

        return wider;
    }

    private async ValueTask<string> WiderTypeAsync(
        TypeInference inference,
        string texts,
        FileColumn column,
        CancellationToken cancellationToken
    )
    {
        var (best, bestMisfits, filled) = (column.Type, long.MaxValue, 1L);
        foreach (var candidate in WiderTypes.Prepend(column.Type))
        {
            if (ColumnTypes.Common(column.Type, candidate) != candidate)
            {
                continue;
            }

            var value = CsvValue.Parse(dialect.Quote(column.Name), InferredType.Of(candidate), dialect);
            (var misfits, filled) = await inference.CountMisfitsAsync(texts, column.Name, value, cancellationToken);
            if (misfits < bestMisfits)
            {
                (best, bestMisfits) = (candidate, misfits);
            }
        }

        return bestMisfits > OtherTypeShare * filled ? ColumnTypes.Text : best;
    }
}
