using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>
/// The table <c>raw_SOURCE._quarantine</c>: records that could not be read, with file, line, reason and original text. Written in the transaction that
/// lands the others.
/// </summary>
internal sealed class QuarantineTable(IWarehouseConnection connection, SqlDialect dialect, SourceDefinition source)
{
    public const string Name = "_quarantine";

    private readonly string _table = $"{dialect.Quote(source.Schema)}.{Name}";

    public RelationName Relation { get; } = new(source.Schema, Name);

    public async ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS {dialect.Quote(source.Schema)};
            CREATE TABLE IF NOT EXISTS {_table} (
                stream VARCHAR, _hw_file VARCHAR, line BIGINT, column_name VARCHAR, reason VARCHAR, original VARCHAR,
                _hw_loaded_at TIMESTAMPTZ, _hw_batch VARCHAR);
            """,
            cancellationToken
        );

    /// <summary>Takes over what the engine's reader has set aside: one row a record, whatever number of faults it has.</summary>
    /// <returns>Records.</returns>
    public ValueTask<long> AddRejectsAsync(LandingPlace place, string rejects, CancellationToken cancellationToken) =>
        AddAsync(
            place,
            $"""
            SELECT line, min(column_name), string_agg(error_message, '; ' ORDER BY column_idx), any_value(csv_line)
            FROM {dialect.Quote(rejects)} GROUP BY line ORDER BY line
            """,
            cancellationToken
        );

    /// <summary>Takes over the staged rows that fulfil a rule.</summary>
    /// <returns>Records.</returns>
    public ValueTask<long> AddStagedAsync(LandingPlace place, string stage, CancellationToken cancellationToken) =>
        AddAsync(
            place,
            $"""
            SELECT {StagedRows.Ordinal}, {StagedRows.FaultColumn}, {StagedRows.Fault}, {StagedRows.Original}
            FROM {stage} WHERE {StagedRows.Fault} IS NOT NULL ORDER BY {StagedRows.Ordinal}
            """,
            cancellationToken
        );

    /// <summary>Takes over records that were too long to be read at all.</summary>
    public async ValueTask<long> AddOversizedAsync(
        LandingPlace place,
        IReadOnlyList<OversizedRecord> records,
        CancellationToken cancellationToken
    )
    {
        foreach (var record in records)
        {
            await connection.ExecuteAsync(
                new SqlCommand(
                    $"INSERT INTO {_table} VALUES ($1, $2, $3, NULL, $4, $5, $6, $7)",
                    [
                        new(place.Stream),
                        new(place.File),
                        new(record.Line),
                        new(
                            $"the record is {record.Bytes} bytes long; at most {Spool.LargestRecord} can be read (its beginning is kept)"
                        ),
                        new(record.Beginning),
                        new(place.LoadedAt),
                        new(place.Batch),
                    ]
                ),
                cancellationToken
            );
        }

        return records.Count;
    }

    /// <summary>Drops what is kept of one file, or of a whole stream: it is landed anew.</summary>
    public async ValueTask RemoveAsync(string stream, string? file, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"DELETE FROM {_table} WHERE stream = $1 AND ($2 IS NULL OR _hw_file = $2)",
                [new(stream), new(file, new(Warehouse.Results.TypeKind.Text))]
            ),
            cancellationToken
        );

    private ValueTask<long> AddAsync(LandingPlace place, string rows, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new SqlCommand(
                $"""
                INSERT INTO {_table}
                SELECT $1, $2, line, column_name, reason, original, $3, $4 FROM ({rows}) AS r(line, column_name, reason, original)
                """,
                [new(place.Stream), new(place.File), new(place.LoadedAt), new(place.Batch)]
            ),
            cancellationToken
        );
}

/// <summary>What landing writes beside every row.</summary>
internal sealed record LandingPlace(string Stream, string File, DateTimeOffset LoadedAt, string Batch);
