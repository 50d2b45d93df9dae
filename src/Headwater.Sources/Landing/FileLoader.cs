using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Formats.Csv;
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

    private const string Misfit = "hw_misfit";
    private const string Numbered = "hw_numbered";

    private readonly TargetTable _target = new(connection, dialect, new RelationName(source.Schema, stream.Name));
    private readonly QuarantineTable _quarantine = new(connection, dialect, source);

    /// <summary>Loads a file.</summary>
    /// <param name="place">What is written beside every row.</param>
    /// <param name="file">The file.</param>
    /// <param name="attempt">What earlier attempts have taught.</param>
    /// <param name="untyped">Columns of the table whose type has yet to be seen; those that this file shows are taken out.</param>
    /// <param name="forget">Whether rows that the file has left earlier go first.</param>
    /// <returns>The counts, or the attempt with which to try again after a rollback.</returns>
    /// <exception cref="DiagnosticException">HW3003 to HW3019.</exception>
    /// <exception cref="WarehouseException">The engine failed; <see cref="IsMisfit"/> tells whether a careful attempt will do.</exception>
    public async ValueTask<FileOutcome> LoadAsync(
        LandingPlace place,
        SourceFile file,
        LoadAttempt attempt,
        HashSet<string> untyped,
        bool forget,
        CancellationToken cancellationToken
    )
    {
        var isCareful = stream.Load == LoadMode.Upsert || attempt.Careful.Contains(file.Name);
        var context = new ReadingContext(
            connection,
            dialect,
            file,
            spool,
            stream.Format,
            await KnownTypesAsync(attempt, untyped, cancellationToken),
            isCareful
        );
        var (spooled, reading) = await FileFormats.Find(stream.Format.Kind, file).OpenAsync(context, cancellationToken);
        using (spooled)
        {
            CheckColumns(file, reading);
            // The engine allows no change of columns after a deletion in one transaction, so it comes first.
            await _target.FitAsync(
                file.Name,
                stream.Name,
                reading.Columns,
                untyped,
                source.SchemaChanges,
                cancellationToken
            );
            untyped.ExceptWith(reading.Columns.Where(column => column.Type != ColumnTypes.Text).Select(c => c.Name));
            if (forget)
            {
                await connection.ExecuteAsync(
                    new SqlCommand($"DELETE FROM {_target.Sql} WHERE _hw_file = $1", [new(file.Name)]),
                    cancellationToken
                );
            }

            var rules = reading.Rules.Concat(KeyRules(reading)).ToList();
            var landed = isCareful
                ? await LoadStagedAsync(place, reading, rules, cancellationToken)
                : await LoadDirectlyAsync(place, reading, rules, cancellationToken);
            if (await RetryAsync(file, reading, attempt, isCareful, cancellationToken) is { } next)
            {
                return new FileOutcome(default, next, []);
            }

            var quarantined = await QuarantineAsync(place, spooled, reading, isCareful, cancellationToken);
            var counts = new FileCounts(landed, quarantined);
            if (reading.Records is { } records && records != counts.Read)
            {
                throw SourceDiagnostics.RecordsLost.With(file.Name, records, landed, quarantined).ToException();
            }

            return new FileOutcome(counts, null, reading.Notes);
        }
    }

    /// <summary>Whether an engine's failure says that a value did not fit, so that the file has to be loaded carefully.</summary>
    public static bool IsMisfit(WarehouseException problem) =>
        problem.Message.Contains(Misfit, StringComparison.Ordinal);

    private async ValueTask<Dictionary<string, string>> KnownTypesAsync(
        LoadAttempt attempt,
        HashSet<string> untyped,
        CancellationToken cancellationToken
    )
    {
        var known = await _target.ReadColumnsAsync(cancellationToken);
        foreach (var column in untyped)
        {
            known.Remove(column);
        }

        foreach (var (column, type) in attempt.Types)
        {
            known[column] = type;
        }

        return known;
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

    // Straight from the file into the table: the first row that a rule sets aside ends it.
    private async ValueTask<long> LoadDirectlyAsync(
        LandingPlace place,
        FileReading reading,
        List<ReadingRule> rules,
        CancellationToken cancellationToken
    )
    {
        var faults = rules.ToLookup(rule => rule.Column);
        var whole = faults[null].ToList();
        var values = reading.Columns.Select(
            (column, index) =>
            {
                List<ReadingRule> own = [.. faults[column.Name], .. index == 0 ? whole : []];
                return own.Count == 0
                    ? column.Expression
                    : $"CASE WHEN {string.Join(" OR ", own.Select(rule => $"({rule.Condition})"))} THEN error('{Misfit}') ELSE {column.Expression} END";
            }
        );
        if (!stream.RowNumbers)
        {
            return await InsertAsync(place, reading, values, "NULL", $"FROM {reading.From}", cancellationToken);
        }

        // A window over the file would number its rows on one thread, and read it on that one too. A table that keeps the order of the file has
        // numbers already, and is filled and read by all threads.
        var named = values.Select((value, index) => $"{value} AS {StagedRows.Column(index)}");
        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP TABLE {Numbered} AS SELECT {string.Join(", ", named)} FROM {reading.From}",
            cancellationToken
        );
        var first = await FirstRowIdAsync(cancellationToken);
        var landed = await InsertAsync(
            place,
            reading,
            reading.Columns.Select((_, index) => StagedRows.Column(index)),
            $"rowid - {first} + 1",
            $"FROM {Numbered}",
            cancellationToken
        );
        await connection.ExecuteAsync($"DROP TABLE {Numbered}", cancellationToken);
        return landed;
    }

    // Rows of a transaction that is still open are numbered from a high number on, without gaps.
    private async ValueTask<long> FirstRowIdAsync(CancellationToken cancellationToken)
    {
        var numbers = await connection.QueryAsync(
            $"SELECT coalesce(min(rowid), 0), coalesce(max(rowid), -1), count(*) FROM {Numbered}",
            cancellationToken
        );
        var (first, last, count) = (numbers.Value(0, 0), numbers.Value(0, 1), numbers.Value(0, 2));
        return (long)last! - (long)first! + 1 == (long)count!
            ? (long)first
            : throw new InvalidOperationException("The engine numbers the rows of a new table with gaps.");
    }

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

        return staged
            ? records + await _quarantine.AddStagedAsync(place, reading.Rejects, reading.Headers, cancellationToken)
            : records;
    }

    // What the engine could not convert is looked at carefully; what then does not fit tells whether a column's type was too narrow.
    private async ValueTask<LoadAttempt?> RetryAsync(
        SourceFile file,
        FileReading reading,
        LoadAttempt attempt,
        bool isCareful,
        CancellationToken cancellationToken
    )
    {
        if (!isCareful)
        {
            return reading.Rejects is { } rejects && await HasFailedCastsAsync(rejects, cancellationToken)
                ? attempt.Carefully(file.Name)
                : null;
        }

        if (reading.Texts is null || source.SchemaChanges == SchemaChanges.Freeze)
        {
            return null;
        }

        var faults = await connection.QueryAsync(
            $"SELECT DISTINCT {StagedRows.FaultColumn} FROM {StagedRows.Name} WHERE {StagedRows.FaultColumn} IS NOT NULL",
            cancellationToken
        );
        var inference = new TypeInference(connection, dialect);
        var wider = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
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

        return wider.Count > 0 ? attempt.WithTypes(wider) : null;
    }

    private async ValueTask<bool> HasFailedCastsAsync(string rejects, CancellationToken cancellationToken)
    {
        var found = await connection.QueryAsync(
            $"SELECT 1 FROM {dialect.Quote(rejects)} WHERE error_type = 'CAST' LIMIT 1",
            cancellationToken
        );
        return found.RowCount > 0;
    }

    private async ValueTask<string> WiderTypeAsync(
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

/// <param name="Counts">What was landed and quarantined.</param>
/// <param name="Next">If not null, nothing counts: roll back and load again with this.</param>
/// <param name="Notes">What the author should know.</param>
internal sealed record FileOutcome(FileCounts Counts, LoadAttempt? Next, IReadOnlyList<Diagnostic> Notes);
