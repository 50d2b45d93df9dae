using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Loads a file by way of <see cref="StagedRows"/>: the careful way, which looks at every row and leaves the faulty ones there.</summary>
internal sealed class StagedLoad(
    IWarehouseConnection connection,
    SqlDialect dialect,
    StreamTables tables,
    StreamDefinition stream
)
{
    /// <summary>Stages a file and loads the rows that can be read.</summary>
    /// <returns>Records landed; with upserts, those too that a later one of the same key has overlaid.</returns>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask<long> LoadAsync(
        LandingPlace place,
        FileReading reading,
        IReadOnlyList<ReadingRule> rules,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(StagedRows.Create(reading, rules, dialect), cancellationToken);
        var from = $"FROM {StagedRows.Name} WHERE {StagedRows.Fault} IS NULL";
        var counted = await connection.QueryAsync($"SELECT count(*) {from}", cancellationToken);
        if (stream.Load == LoadMode.Upsert)
        {
            var upsert = new KeyUpsert(reading, stream.PrimaryKey, dialect);
            await connection.ExecuteAsync(upsert.DeleteFrom(tables.Target), cancellationToken);
            from += $" {upsert.QualifyLast}";
        }

        await tables.Rows.InsertAsync(
            place,
            reading.Columns,
            reading.Columns.Select((_, index) => StagedRows.Column(index)),
            stream.RowNumbers ? "hw_landed" : "NULL",
            $"FROM (SELECT *, row_number() OVER (ORDER BY {StagedRows.Ordinal}) AS hw_landed {from})",
            cancellationToken
        );
        return (long)counted.Value(0, 0)!;
    }
}
