using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Landing.Loading;
using Headwater.Sources.Landing.Surveying;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>
/// Lands the files of one stream, once. Each file commits by itself (all together for <c>replace</c>), with its rows, its quarantine, its entry among the
/// landed files and the table's version: whatever happens, a file is landed whole or not at all.
/// </summary>
internal sealed class StreamLander(
    IWarehouse warehouse,
    TimeProvider time,
    LandingLimits limits,
    SourceDefinition source,
    StreamDefinition stream
)
{
    private readonly FileSurveyor _surveyor = new(source, stream);
    private readonly LandingFailures _failures = new(stream, warehouse.FileEngine.SpoolFolder);
    private readonly List<Diagnostic> _diagnostics = [];
    private FileCounts _counts;
    private int _files;

    /// <summary>Lands what is new or has changed.</summary>
    /// <returns>The report; what went wrong is in it.</returns>
    public async Task<StreamLanding> LandAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var landedAt = time.GetUtcNow();
        try
        {
            await using var held = await LandingLock.TakeAsync(
                warehouse,
                new RelationName(source.Schema, stream.Name),
                cancellationToken
            );
            var connection = await warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                await LandAsync(connection, landedAt, cancellationToken);
            }
        }
        catch (DiagnosticException refused)
        {
            _diagnostics.AddRange(refused.Diagnostics);
        }
        catch (WarehouseException problem)
        {
            _diagnostics.Add(_failures.Explain(problem));
        }

        if (_files > 0)
        {
            await warehouse.RefreshVersionsAsync(cancellationToken);
        }

        return new StreamLanding(
            source.Name,
            stream.Name,
            landedAt,
            time.GetElapsedTime(started),
            _files,
            _counts.Read,
            _counts.Landed,
            _counts.Quarantined,
            _diagnostics
        );
    }

    private async Task LandAsync(
        IWarehouseConnection connection,
        DateTimeOffset landedAt,
        CancellationToken cancellationToken
    )
    {
        var tables = new StreamTables(connection, warehouse.Dialect, source, stream);
        var session = await LoadingSession.OpenAsync(
            warehouse,
            connection,
            tables,
            limits,
            source,
            stream,
            cancellationToken
        );
        await using var opened = session;
        var batch = Guid.CreateVersion7();
        var loader = new StreamLoader(tables, session.Loader, source, stream, batch, landedAt);
        var transaction = new LandingTransaction(connection, loader, _failures);

        await tables.EnsureAsync(cancellationToken);
        var found = StreamFolder.Find(source, stream);
        var landed = await tables.ReadLandedAsync(cancellationToken);
        var files = await _surveyor.SurveyAsync(found, landed, cancellationToken);
        _diagnostics.AddRange(files.Unreadable);
        if (stream.Load == LoadMode.Replace)
        {
            await ReplaceAsync(transaction, files, cancellationToken);
        }
        else
        {
            await AddAsync(transaction, tables, files, cancellationToken);
        }
    }

    private async Task AddAsync(
        LandingTransaction transaction,
        StreamTables tables,
        StreamFiles files,
        CancellationToken cancellationToken
    )
    {
        foreach (var (earlier, name) in files.Displaced)
        {
            await tables.RenameAsync(earlier.Name, name, cancellationToken);
        }

        foreach (var file in files.Changed)
        {
            Take(await transaction.RunAsync([file], replaceAll: false, cancellationToken));
        }
    }

    // The table holds exactly the files that there are: if one came, went or changed, all are loaded again.
    private async Task ReplaceAsync(
        LandingTransaction transaction,
        StreamFiles files,
        CancellationToken cancellationToken
    )
    {
        if (files.Unreadable.Count > 0 || (files.Changed.Count == 0 && !files.IsAnyGone))
        {
            return;
        }

        var all = await _surveyor.SurveyAllAsync(files, cancellationToken);
        _diagnostics.AddRange(all.Unreadable);
        if (all.Unreadable.Count == 0)
        {
            Take(await transaction.RunAsync(all.Changed, replaceAll: true, cancellationToken));
        }
    }

    private void Take(TransactionOutcome outcome)
    {
        _files += outcome.Files;
        _counts = _counts.Plus(outcome.Counts);
        _diagnostics.AddRange(outcome.Diagnostics);
    }
}
