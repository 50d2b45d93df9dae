using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Sources.Landing;

/// <summary>
/// Lands the files of one stream. Each file commits by itself (all together for <c>replace</c>), with its rows, its quarantine, its entry among the
/// landed files and the table's version: whatever happens, a file is landed whole or not at all.
/// </summary>
internal sealed class StreamLander(
    IWarehouse warehouse,
    TimeProvider time,
    SourceDefinition source,
    StreamDefinition stream
)
{
    private readonly Spool _spool = new(warehouse.SpoolFolder);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly string _batch = Guid.CreateVersion7().ToString("n");
    private FileCounts _counts;
    private int _files;

    public async Task<StreamLanding> LandAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var landedAt = time.GetUtcNow();
        try
        {
            var connection = await warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                await PrepareAsync(connection, cancellationToken);
                await LandFilesAsync(connection, landedAt, cancellationToken);
            }
        }
        catch (DiagnosticException refused)
        {
            _diagnostics.AddRange(refused.Diagnostics);
        }
        catch (WarehouseException problem)
        {
            _diagnostics.Add(SourceDiagnostics.StorageFailed.With(stream.Name, FirstLine(problem)));
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

    private async Task PrepareAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        await LandedFiles.EnsureAsync(connection, cancellationToken);
        await PublishedVersions.EnsureAsync(connection, cancellationToken);
        await new QuarantineTable(connection, warehouse.Dialect, source).EnsureAsync(cancellationToken);
    }

    private async Task LandFilesAsync(
        IWarehouseConnection connection,
        DateTimeOffset landedAt,
        CancellationToken cancellationToken
    )
    {
        var found = Find();
        var landed = await LandedFiles.ReadAsync(connection, source.Name, stream.Name, cancellationToken);
        var files = new List<SourceFile>();
        foreach (var info in found)
        {
            if (await SurveyAsync(info, landed, cancellationToken) is { } file)
            {
                files.Add(file);
            }
        }

        if (stream.Load == LoadMode.Replace)
        {
            await ReplaceAsync(connection, found, files, landed, landedAt, cancellationToken);
            return;
        }

        foreach (var file in files)
        {
            await TransactAsync(connection, landedAt, [file], replaceAll: false, cancellationToken);
        }
    }

    private IReadOnlyList<FileInfo> Find()
    {
        if (!Directory.Exists(source.Path.Text))
        {
            throw SourceDiagnostics.PathMissing.At(source.Path.Location, source.Name, source.Path.Text).ToException();
        }

        var files = FileGlob.Find(source.Path.Text, stream.Files.Text);
        return files.Count > 0
            ? files
            : throw SourceDiagnostics.NoFiles.At(stream.Files.Location, stream.Files.Text, stream.Name).ToException();
    }

    // A file of the same name, size and time is the same file; any other is the same if its bytes are.
    private async Task<SourceFile?> SurveyAsync(
        FileInfo info,
        List<LandedFile> landed,
        CancellationToken cancellationToken
    )
    {
        var name = Path.GetRelativePath(source.Path.Text, info.FullName).Replace('\\', '/');
        var known = landed.Find(file => file.Name == name);
        if (known is not null && known.Bytes == info.Length && SameTime(known.ModifiedAt, info.LastWriteTimeUtc))
        {
            return null;
        }

        try
        {
            var quote = stream.Format.Quote is { Length: 1 } given ? (byte)given[0] : (byte)'"';
            var survey = await FileSurvey.TakeAsync(info.FullName, quote, cancellationToken);
            return landed.Exists(file => file.Hash == survey.Hash) ? null : new SourceFile(name, info, survey);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _diagnostics.Add(SourceDiagnostics.FileUnreadable.With(name, problem.Message));
            return null;
        }
    }

    // The table holds exactly the files that there are: if one came, went or changed, all are loaded again.
    private async Task ReplaceAsync(
        IWarehouseConnection connection,
        IReadOnlyList<FileInfo> found,
        List<SourceFile> changed,
        List<LandedFile> landed,
        DateTimeOffset landedAt,
        CancellationToken cancellationToken
    )
    {
        var names = found
            .Select(info => Path.GetRelativePath(source.Path.Text, info.FullName).Replace('\\', '/'))
            .ToList();
        var gone = landed.Exists(file => !names.Contains(file.Name));
        var unread = _diagnostics.Exists(diagnostic => diagnostic.Severity == Severity.Error);
        if ((changed.Count == 0 && !gone) || unread)
        {
            return;
        }

        var all = new List<SourceFile>();
        foreach (var info in found)
        {
            all.Add(changed.Find(file => file.Info == info) ?? (await SurveyAsync(info, [], cancellationToken))!);
        }

        await TransactAsync(connection, landedAt, all, replaceAll: true, cancellationToken);
    }

    private async Task TransactAsync(
        IWarehouseConnection connection,
        DateTimeOffset landedAt,
        IReadOnlyList<SourceFile> files,
        bool replaceAll,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyDictionary<string, string> types = new Dictionary<string, string>();
        // Twice at most: the second time with the types that the first has found to be needed.
        while (true)
        {
            var current = files[0];
            try
            {
                await connection.BeginAsync(cancellationToken);
                var outcome = await LoadAllAsync(
                    connection,
                    landedAt,
                    files,
                    replaceAll,
                    types,
                    file => current = file,
                    cancellationToken
                );
                if (outcome.RetryTypes is { } wider)
                {
                    await connection.RollbackAsync(cancellationToken);
                    types = wider;
                    continue;
                }

                await connection.CommitAsync(cancellationToken);
                _files += files.Count;
                _counts = new FileCounts(
                    _counts.Landed + outcome.Counts.Landed,
                    _counts.Quarantined + outcome.Counts.Quarantined
                );
                _diagnostics.AddRange(outcome.Notes);
                return;
            }
            catch (Exception problem) when (Explain(problem, current) is { } diagnostics)
            {
                await connection.RollbackAsync(CancellationToken.None);
                _diagnostics.AddRange(diagnostics);
                return;
            }
        }
    }

    private async Task<FileOutcome> LoadAllAsync(
        IWarehouseConnection connection,
        DateTimeOffset landedAt,
        IReadOnlyList<SourceFile> files,
        bool replaceAll,
        IReadOnlyDictionary<string, string> types,
        Action<SourceFile> begins,
        CancellationToken cancellationToken
    )
    {
        var loader = new FileLoader(connection, warehouse.Dialect, _spool, source, stream);
        var quarantine = new QuarantineTable(connection, warehouse.Dialect, source);
        var total = default(FileCounts);
        var notes = new List<Diagnostic>();
        if (replaceAll)
        {
            await EmptyAsync(connection, quarantine, cancellationToken);
        }

        foreach (var file in files)
        {
            begins(file);
            if (!replaceAll)
            {
                await ForgetEarlierAsync(connection, quarantine, file, cancellationToken);
            }

            var place = new LandingPlace(stream.Name, file.Name, landedAt, _batch);
            var outcome = await loader.LoadAsync(place, file, types, cancellationToken);
            if (outcome.RetryTypes is not null)
            {
                return outcome;
            }

            total = new FileCounts(
                total.Landed + outcome.Counts.Landed,
                total.Quarantined + outcome.Counts.Quarantined
            );
            notes.AddRange(outcome.Notes);
            await LandedFiles.AddAsync(
                connection,
                source.Name,
                stream.Name,
                file,
                _batch,
                outcome.Counts,
                landedAt,
                cancellationToken
            );
        }

        await PublishedVersions.RaiseAsync(
            connection,
            [new RelationName(source.Schema, stream.Name), quarantine.Relation],
            landedAt,
            cancellationToken
        );
        return new FileOutcome(total, null, notes);
    }

    // A file that has changed takes the place of what it was; upserts overlay by key instead.
    private async Task ForgetEarlierAsync(
        IWarehouseConnection connection,
        QuarantineTable quarantine,
        SourceFile file,
        CancellationToken cancellationToken
    )
    {
        var target = new TargetTable(connection, warehouse.Dialect, new RelationName(source.Schema, stream.Name));
        if (stream.Load == LoadMode.Append && (await target.ReadColumnsAsync(cancellationToken)).Count > 0)
        {
            await connection.ExecuteAsync(
                new SqlCommand($"DELETE FROM {target.Sql} WHERE _hw_file = $1", [new(file.Name)]),
                cancellationToken
            );
        }

        await quarantine.RemoveAsync(stream.Name, file.Name, cancellationToken);
        await LandedFiles.RemoveAsync(connection, source.Name, stream.Name, file.Name, cancellationToken);
    }

    private async Task EmptyAsync(
        IWarehouseConnection connection,
        QuarantineTable quarantine,
        CancellationToken cancellationToken
    )
    {
        var target = new TargetTable(connection, warehouse.Dialect, new RelationName(source.Schema, stream.Name));
        if ((await target.ReadColumnsAsync(cancellationToken)).Count > 0)
        {
            await connection.ExecuteAsync($"DELETE FROM {target.Sql}", cancellationToken);
        }

        await quarantine.RemoveAsync(stream.Name, null, cancellationToken);
        await LandedFiles.RemoveAsync(connection, source.Name, stream.Name, null, cancellationToken);
    }

    private IReadOnlyList<Diagnostic>? Explain(Exception problem, SourceFile file) =>
        problem switch
        {
            DiagnosticException refused => refused.Diagnostics,
            WarehouseException { Failure: WarehouseFailure.Resources or WarehouseFailure.Storage } engine =>
            [
                SourceDiagnostics.StorageFailed.With(file.Name, FirstLine(engine)),
            ],
            WarehouseException engine =>
            [
                SourceDiagnostics.FileBroken.At(
                    stream.Files.Location,
                    file.Name,
                    Formats.FileFormats.Find(stream.Format.Kind, file).Noun,
                    FirstLine(engine)
                ),
            ],
            InvalidDataException broken => [SourceDiagnostics.FileBroken.With(file.Name, "gzip", broken.Message)],
            UnauthorizedAccessException => [SourceDiagnostics.FileUnreadable.With(file.Name, problem.Message)],
            IOException => [SourceDiagnostics.StorageFailed.With(file.Name, problem.Message)],
            _ => null,
        };

    // The engine names the file in its spool folder, which means nothing to anyone.
    private string FirstLine(WarehouseException problem)
    {
        var line = problem.Message.Split('\n')[0];
        return line.Replace(warehouse.SpoolFolder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    private static bool SameTime(DateTimeOffset landed, DateTime modified) =>
        Math.Abs((landed.UtcDateTime - modified).TotalMilliseconds) < 1;
}
