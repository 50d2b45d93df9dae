using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// The table <c>raw_SOURCE._quarantine</c>: records that could not be read, with file, line, reason and original text. Written in the transaction that
/// lands the others.
/// </summary>
internal sealed class QuarantineTable(IWarehouseConnection connection, SqlDialect dialect, SourceDefinition source)
{
    public const string Name = "_quarantine";

    /// <summary>Its name as SQL.</summary>
    public string Sql { get; } = $"{dialect.Quote(source.Schema)}.{Name}";

    public RelationName Relation { get; } = new(source.Schema, Name);

    public async ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS {dialect.Quote(source.Schema)};
            CREATE TABLE IF NOT EXISTS {Sql} (
                stream VARCHAR, _hw_file VARCHAR, line BIGINT, column_name VARCHAR, reason VARCHAR, original VARCHAR,
                _hw_loaded_at TIMESTAMPTZ, _hw_batch UUID);
            """,
            cancellationToken
        );

    /// <summary>Takes over what the engine's reader has set aside: one row a record, whatever number of faults it has.</summary>
    /// <returns>Records.</returns>
    public ValueTask<long> AddRejectsAsync(LandingPlace place, string rejects, CancellationToken cancellationToken) =>
        AddAsync(
            place,
            $"""
            SELECT line, min(column_name), string_agg(error_message, '; ' ORDER BY column_idx), ltrim(any_value(csv_line), E'\r\n')
            FROM {dialect.Quote(rejects)} GROUP BY line, line_byte_position ORDER BY line
            """,
            cancellationToken
        );

    /// <summary>Takes over the staged rows that fulfil a rule.</summary>
    /// <returns>Records.</returns>
    /// <param name="rejects">The table of records that the engine's reader has set aside before, or null.</param>
    /// <param name="headers">Records before the first: 1 if the first names the columns.</param>
    public ValueTask<long> AddStagedAsync(
        LandingPlace place,
        string? rejects,
        int headers,
        CancellationToken cancellationToken
    )
    {
        // The engine does not tell the number of a record that it can read: those that it could not read before it are added to its ordinal.
        var faulty =
            $"SELECT * FROM {StagedRows.Name} WHERE {StagedRows.Fault} IS NOT NULL ORDER BY {StagedRows.Ordinal}";
        var (before, join) = rejects is null
            ? ("0", "")
            : (
                "coalesce(r.rejected, 0)",
                $"""
                ASOF LEFT JOIN (
                    SELECT line - {headers} - number AS readable, max(number) AS rejected
                    FROM (SELECT line, row_number() OVER (ORDER BY line) AS number FROM (SELECT DISTINCT line FROM {dialect.Quote(
                    rejects
                )})) GROUP BY ALL
                ) AS r ON s.{StagedRows.Ordinal} > r.readable
                """
            );
        return AddAsync(
            place,
            $"""
            SELECT s.{StagedRows.Ordinal} + {headers} + {before}, s.{StagedRows.FaultColumn}, s.{StagedRows.Fault}, s.{StagedRows.Original}
            FROM ({faulty}) AS s {join} ORDER BY 1
            """,
            cancellationToken
        );
    }

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
                    $"INSERT INTO {Sql} VALUES ($1, $2, $3, NULL, $4, $5, $6, $7)",
                    [
                        new(place.Stream),
                        new(place.File),
                        new(record.Line),
                        new($"the record is {record.Bytes} bytes long; more than can be read (its beginning is kept)"),
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

    /// <summary>Follows a file to another name.</summary>
    public async ValueTask RenameAsync(string stream, string file, string name, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"UPDATE {Sql} SET _hw_file = $3 WHERE stream = $1 AND _hw_file = $2",
                [new(stream), new(file), new(name)]
            ),
            cancellationToken
        );

    /// <summary>Drops what is kept of one file, or of a whole stream: it is landed anew.</summary>
    public async ValueTask RemoveAsync(string stream, string? file, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"DELETE FROM {Sql} WHERE stream = $1 AND ($2 IS NULL OR _hw_file = $2)",
                [new(stream), new(file, new(Warehouse.Results.TypeKind.Text))]
            ),
            cancellationToken
        );

    private ValueTask<long> AddAsync(LandingPlace place, string rows, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new SqlCommand(
                $"""
                INSERT INTO {Sql}
                SELECT $1, $2, line, column_name, reason, original, $3, $4 FROM ({rows}) AS r(line, column_name, reason, original)
                """,
                [new(place.Stream), new(place.File), new(place.LoadedAt), new(place.Batch)]
            ),
            cancellationToken
        );
}
