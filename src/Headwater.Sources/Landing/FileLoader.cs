using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>Loads one file into its stream's table, within the caller's transaction. One instance a connection.</summary>
internal sealed class FileLoader(
    IWarehouseConnection connection,
    SqlDialect dialect,
    Spool spool,
    SourceDefinition source,
    StreamDefinition stream
)
{
    // With more than this share of misfits a column is of another type; with less, some of its rows are bad.
    private const double OtherTypeShare = 0.2;

    private readonly TargetTable _target = new(connection, dialect, new RelationName(source.Schema, stream.Name));
    private readonly QuarantineTable _quarantine = new(connection, dialect, source);

    /// <summary>Loads a file with some types in place of those that it would be read with.</summary>
    /// <param name="place">What is written beside every row.</param>
    /// <param name="file">The file.</param>
    /// <param name="types">Types by column, from an earlier try.</param>
    /// <returns>The counts, or the types with which to try again after a rollback.</returns>
    /// <exception cref="DiagnosticException">HW3003 to HW3014.</exception>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask<FileOutcome> LoadAsync(
        LandingPlace place,
        SourceFile file,
        IReadOnlyDictionary<string, string> types,
        CancellationToken cancellationToken
    )
    {
        var known = await _target.ReadColumnsAsync(cancellationToken);
        foreach (var (column, type) in types)
        {
            known[column] = type;
        }

        var context = new ReadingContext(connection, dialect, file, spool, stream.Format, known);
        var (spooled, reading) = await FileFormats.Find(stream.Format.Kind, file).OpenAsync(context, cancellationToken);
        using (spooled)
        {
            CheckColumns(file, reading);
            await _target.FitAsync(file.Name, stream.Name, reading.Columns, source.SchemaChanges, cancellationToken);
            var rules = reading.Rules.Concat(KeyRules(reading)).ToList();
            var isEmpty = stream.Load != LoadMode.Upsert;
            var landed =
                rules.Count == 0 && isEmpty
                    ? await LoadDirectlyAsync(place, reading, cancellationToken)
                    : await LoadStagedAsync(place, reading, rules, cancellationToken);
            if (await WiderTypesAsync(reading, types, cancellationToken) is { Count: > 0 } wider)
            {
                return new FileOutcome(default, wider, []);
            }

            var quarantined = await QuarantineAsync(place, spooled, reading, rules.Count > 0, cancellationToken);
            var counts = new FileCounts(landed, quarantined);
            if (reading.Records is { } records && records != counts.Read)
            {
                throw SourceDiagnostics.RecordsLost.With(file.Name, records, landed, quarantined).ToException();
            }

            return new FileOutcome(counts, null, reading.Notes);
        }
    }

    private void CheckColumns(SourceFile file, FileReading reading)
    {
        foreach (var column in reading.Columns)
        {
            if (column.Name.StartsWith(TargetTable.OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw SourceDiagnostics.ReservedColumn.At(stream.Location, file.Name, column.Name).ToException();
            }
        }

        foreach (var key in stream.PrimaryKey)
        {
            if (!reading.Columns.Any(column => string.Equals(column.Name, key, StringComparison.OrdinalIgnoreCase)))
            {
                throw (
                    SourceDiagnostics.KeyMissing.At(stream.Location, file.Name, key, stream.Name) with
                    {
                        Hint = NearestName.Hint(key, [.. reading.Columns.Select(column => column.Name)]),
                    }
                ).ToException();
            }
        }
    }

    private IEnumerable<ReadingRule> KeyRules(FileReading reading) =>
        stream.Load != LoadMode.Upsert
            ? []
            : stream
                .PrimaryKey.Select(key => Find(reading, key))
                .Select(column => new ReadingRule(
                    column.Name,
                    $"{column.Expression} IS NULL",
                    "the primary key is empty"
                ));

    private static FileColumn Find(FileReading reading, string name) =>
        reading.Columns.First(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    private ValueTask<long> LoadDirectlyAsync(
        LandingPlace place,
        FileReading reading,
        CancellationToken cancellationToken
    ) =>
        InsertAsync(
            place,
            reading,
            reading.Columns.Select(column => column.Expression),
            stream.RowNumbers ? "row_number() OVER ()" : "NULL",
            $"FROM {reading.From}",
            cancellationToken
        );

    private async ValueTask<long> LoadStagedAsync(
        LandingPlace place,
        FileReading reading,
        List<ReadingRule> rules,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(StagedRows.Create(reading, rules, dialect), cancellationToken);
        var readable = $"{StagedRows.Fault} IS NULL";
        var counted = await connection.QueryAsync(
            $"SELECT count(*) FROM {StagedRows.Name} WHERE {readable}",
            cancellationToken
        );
        var from = $"FROM {StagedRows.Name} WHERE {readable}";
        if (stream.Load == LoadMode.Upsert)
        {
            from = await ReplaceByKeyAsync(reading, from, cancellationToken);
        }

        await InsertAsync(
            place,
            reading,
            reading.Columns.Select((_, index) => StagedRows.Column(index)),
            stream.RowNumbers ? "hw_landed" : "NULL",
            $"FROM (SELECT *, row_number() OVER (ORDER BY {StagedRows.Ordinal}) AS hw_landed {from})",
            cancellationToken
        );
        return (long)counted.Value(0, 0)!;
    }

    // Rows with the keys of the file go, then the last of each key comes in; all records keep their ordinal.
    private async ValueTask<string> ReplaceByKeyAsync(
        FileReading reading,
        string from,
        CancellationToken cancellationToken
    )
    {
        var keys = stream
            .PrimaryKey.Select(key =>
                reading
                    .Columns.ToList()
                    .FindIndex(column => string.Equals(column.Name, key, StringComparison.OrdinalIgnoreCase))
            )
            .ToList();
        var matches = keys.Select(key => $"t.{dialect.Quote(reading.Columns[key].Name)} = s.{StagedRows.Column(key)}");
        await connection.ExecuteAsync(
            $"DELETE FROM {_target.Sql} AS t USING {StagedRows.Name} AS s WHERE s.{StagedRows.Fault} IS NULL AND {string.Join(" AND ", matches)}",
            cancellationToken
        );
        var partition = string.Join(", ", keys.Select(StagedRows.Column));
        return $"{from} QUALIFY row_number() OVER (PARTITION BY {partition} ORDER BY {StagedRows.Ordinal} DESC) = 1";
    }

    private ValueTask<long> InsertAsync(
        LandingPlace place,
        FileReading reading,
        IEnumerable<string> values,
        string ordinal,
        string from,
        CancellationToken cancellationToken
    )
    {
        var columns = string.Join(", ", reading.Columns.Select(column => dialect.Quote(column.Name)));
        return connection.ExecuteAsync(
            new SqlCommand(
                $"""
                INSERT INTO {_target.Sql} ({columns}, _hw_file, _hw_row, _hw_loaded_at, _hw_batch)
                SELECT {string.Join(", ", values)}, $1, {ordinal}, $2, $3 {from}
                """,
                [new(place.File), new(place.LoadedAt), new(place.Batch)]
            ),
            cancellationToken
        );
    }

    private async ValueTask<long> QuarantineAsync(
        LandingPlace place,
        SpooledFile spooled,
        FileReading reading,
        bool staged,
        CancellationToken cancellationToken
    )
    {
        var records = await _quarantine.AddOversizedAsync(place, spooled.Oversized, cancellationToken);
        if (reading.Rejects is { } rejects)
        {
            records += await _quarantine.AddRejectsAsync(place, rejects, cancellationToken);
        }

        return staged ? records + await _quarantine.AddStagedAsync(place, StagedRows.Name, cancellationToken) : records;
    }

    // Values that the engine could not convert tell whether the column's type was too narrow.
    private async ValueTask<Dictionary<string, string>> WiderTypesAsync(
        FileReading reading,
        IReadOnlyDictionary<string, string> tried,
        CancellationToken cancellationToken
    )
    {
        var wider = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (
            reading.Rejects is null
            || reading.Texts is null
            || tried.Count > 0
            || source.SchemaChanges == SchemaChanges.Freeze
        )
        {
            return wider;
        }

        var faults = await connection.QueryAsync(
            $"SELECT DISTINCT column_name FROM {dialect.Quote(reading.Rejects)} WHERE error_type = 'CAST'",
            cancellationToken
        );
        var inference = new TypeInference(connection, dialect);
        for (long row = 0; row < faults.RowCount; row++)
        {
            var column = Find(reading, (string)faults.Value(row, 0)!);
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

    private static async ValueTask<string> WiderTypeAsync(
        TypeInference inference,
        string texts,
        FileColumn column,
        CancellationToken cancellationToken
    )
    {
        var (best, bestMisfits, filled) = (column.Type, long.MaxValue, 1L);
        foreach (
            var candidate in (string[])
                [column.Type, ColumnTypes.Number, ColumnTypes.Timestamp, ColumnTypes.ZonedTimestamp]
        )
        {
            if (ColumnTypes.Common(column.Type, candidate) != candidate)
            {
                continue;
            }

            (var misfits, filled) = await inference.CountMisfitsAsync(texts, column.Name, candidate, cancellationToken);
            if (misfits < bestMisfits)
            {
                (best, bestMisfits) = (candidate, misfits);
            }
        }

        return bestMisfits > OtherTypeShare * filled ? ColumnTypes.Text : best;
    }
}

/// <param name="Counts">What was landed and quarantined.</param>
/// <param name="RetryTypes">If not null, nothing counts: roll back and load again with these types.</param>
/// <param name="Notes">What the author should know.</param>
internal sealed record FileOutcome(
    FileCounts Counts,
    IReadOnlyDictionary<string, string>? RetryTypes,
    IReadOnlyList<Diagnostic> Notes
);
