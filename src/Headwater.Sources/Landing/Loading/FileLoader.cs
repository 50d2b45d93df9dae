using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Loads a file into a table of the engine that reads it.</summary>
/// <param name="keeper">The engine in which the rows will be kept in the end.</param>
internal sealed class FileLoader(
    IWarehouseConnection connection,
    SqlDialect dialect,
    Spool spool,
    StreamTables tables,
    RawDialect keeper,
    SourceDefinition source,
    StreamDefinition stream
) : IFileLoader
{
    private readonly ColumnRequirements _requirements = new(stream, keeper);
    private readonly DirectLoad _direct = new(connection, dialect, tables.Rows, stream);
    private readonly StagedLoad _staged = new(connection, dialect, tables, stream);
    private readonly TypeWidening _widening = new(connection, dialect, source, stream);

    public bool MayMend(Exception problem, SourceFile file, LoadAttempt attempt) =>
        !attempt.Careful.Contains(file.Name)
        && stream.Load != LoadMode.Upsert
        && (
            problem is WarehouseException failure && DirectLoad.IsMisfit(failure)
            || problem is WarehouseException or DiagnosticException && spool.CountsBeside(file)
        );

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
            _requirements.Check(file, reading);
            await FitAsync(file, reading, untyped, cancellationToken);
            if (forget)
            {
                await tables.Rows.RemoveAsync(file.Name, cancellationToken);
            }

            var rules = reading.Rules.Concat(_requirements.Rules(reading)).ToList();
            var landed = isCareful
                ? await _staged.LoadAsync(place, reading, rules, cancellationToken)
                : await _direct.LoadAsync(place, reading, rules, cancellationToken);
            if (await NextAsync(context, spooled, reading, attempt, cancellationToken) is { } next)
            {
                return new FileOutcome(default, next, []);
            }

            var quarantined = await QuarantineAsync(place, spooled, reading, isCareful, cancellationToken);
            var counts = new FileCounts(landed, quarantined);
            if (reading.Records is not null && await reading.Records is var records && records != counts.Read)
            {
                throw SourceDiagnostics.RecordsLost.With(file.Name, records, landed, quarantined).ToException();
            }

            return new FileOutcome(counts, null, reading.Notes);
        }
    }

    private async ValueTask<Dictionary<string, string>> KnownTypesAsync(
        LoadAttempt attempt,
        HashSet<string> untyped,
        CancellationToken cancellationToken
    )
    {
        var known = await tables.Target.ReadColumnsAsync(cancellationToken);
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

    // The engine allows no change of columns after a deletion in one transaction, so it comes before any.
    private async ValueTask FitAsync(
        SourceFile file,
        FileReading reading,
        HashSet<string> untyped,
        CancellationToken cancellationToken
    )
    {
        await tables.Target.FitAsync(
            file.Name,
            stream.Name,
            reading.Columns,
            untyped,
            source.SchemaChanges,
            cancellationToken
        );
        untyped.ExceptWith(reading.Columns.Where(column => column.Type != ColumnTypes.Text).Select(c => c.Name));
    }

    // What the engine could not convert, or not read as it is, is looked at carefully; what then does not fit tells whether a column's type was too narrow.
    private async ValueTask<LoadAttempt?> NextAsync(
        ReadingContext context,
        SpooledFile spooled,
        FileReading reading,
        LoadAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        if (context.IsCareful)
        {
            var wider = await _widening.FindAsync(reading, cancellationToken);
            return wider.Count > 0 ? attempt.WithTypes(wider) : null;
        }

        var hasFailed = reading.Rejects is { } rejects && await _direct.HasFailedCastsAsync(rejects, cancellationToken);
        return hasFailed || !await IsAsTrustedAsync(context, spooled) ? attempt.Carefully(context.File.Name) : null;
    }

    private async ValueTask<bool> IsAsTrustedAsync(ReadingContext context, SpooledFile spooled)
    {
        if (!context.IsTrusted)
        {
            return true;
        }

        var records = await spooled.Records;
        return spool.IsReadable(records) && records.Longest + 2 <= spooled.LineBytes;
    }

    private async ValueTask<long> QuarantineAsync(
        LandingPlace place,
        SpooledFile spooled,
        FileReading reading,
        bool isStaged,
        CancellationToken cancellationToken
    )
    {
        var quarantine = tables.Quarantine;
        var records = await quarantine.AddOversizedAsync(place, spooled.Oversized, cancellationToken);
        if (reading.Rejects is { } rejects)
        {
            records += await quarantine.AddRejectsAsync(place, rejects, cancellationToken);
        }

        return isStaged
            ? records + await quarantine.AddStagedAsync(place, reading.Rejects, reading.Headers, cancellationToken)
            : records;
    }
}
