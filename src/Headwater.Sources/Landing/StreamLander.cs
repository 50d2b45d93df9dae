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
    LandingLimits limits,
    SourceDefinition source,
    StreamDefinition stream
)
{
    private readonly Spool _spool = new(warehouse.SpoolFolder, limits);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly string _batch = Guid.CreateVersion7().ToString("n");
    private readonly List<(LandedFile Earlier, string Name)> _moved = [];
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
                await AddUnlessThereAsync(files, file, cancellationToken);
            }
        }

        if (stream.Load == LoadMode.Replace)
        {
            await ReplaceAsync(connection, found, files, landed, landedAt, cancellationToken);
            return;
        }

        foreach (var (earlier, name) in _moved.Where(moved => files.Exists(file => file.Name == moved.Earlier.Name)))
        {
            await RenameAsync(connection, earlier.Name, name, cancellationToken);
        }

        foreach (var file in files)
        {
            await TransactAsync(connection, landedAt, [file], replaceAll: false, cancellationToken);
        }
    }

    private static async Task<LandedFile?> FindAsync(
        List<LandedFile> landed,
        FileSurvey survey,
        CancellationToken cancellationToken
    )
    {
        var hash = await survey.HashAsync(cancellationToken);
        return landed.Find(file => file.Hash == hash);
    }

    // Two files of the same bytes are one. Only those of the same length can be.
    private static async Task AddUnlessThereAsync(
        List<SourceFile> files,
        SourceFile file,
        CancellationToken cancellationToken
    )
    {
        foreach (var other in files.Where(other => other.Info.Length == file.Info.Length))
        {
            var hash = await other.Survey.HashAsync(cancellationToken);
            if (hash == await file.Survey.HashAsync(cancellationToken))
            {
                return;
            }
        }

        files.Add(file);
    }

    private IReadOnlyList<FileInfo> Find()
    {
        if (!Directory.Exists(source.Path.Text))
        {
            throw SourceDiagnostics.PathMissing.At(source.Path.Location, source.Name, source.Path.Text).ToException();
        }

        var files = FindAll();
        return files.Count > 0
            ? files
            : throw SourceDiagnostics.NoFiles.At(stream.Files.Location, stream.Files.Text, stream.Name).ToException();
    }

    private IReadOnlyList<FileInfo> FindAll()
    {
        try
        {
            return FileGlob.Find(source.Path.Text, stream.Files.Text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SourceDiagnostics
                .FileUnreadable.At(source.Path.Location, source.Path.Text, problem.Message)
                .ToException(problem);
        }
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
            var survey = await FileSurvey.TakeAsync(info.FullName, ShapeOf(info), cancellationToken);
            var same = landed.Exists(file => file.Bytes == info.Length)
                ? await FindAsync(landed, survey, cancellationToken)
                : null;
            if (same is not null && same.Name != name)
            {
                _moved.Add((same, name));
            }

            return same is null ? new SourceFile(name, info, survey) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _diagnostics.Add(SourceDiagnostics.FileUnreadable.With(name, problem.Message));
            return null;
        }
    }

    // Logs rotate: when another file takes a name, the rows of the one that had it go with it to where it is now.
    private async Task RenameAsync(
        IWarehouseConnection connection,
        string file,
        string name,
        CancellationToken cancellationToken
    )
    {
        var target = new TargetTable(connection, warehouse.Dialect, new RelationName(source.Schema, stream.Name));
        await connection.BeginAsync(cancellationToken);
        await connection.ExecuteAsync(
            new SqlCommand($"UPDATE {target.Sql} SET _hw_file = $2 WHERE _hw_file = $1", [new(file), new(name)]),
            cancellationToken
        );
        await new QuarantineTable(connection, warehouse.Dialect, source).RenameAsync(
            stream.Name,
            file,
            name,
            cancellationToken
        );
        await LandedFiles.RenameAsync(connection, source.Name, stream.Name, file, name, cancellationToken);
        await connection.CommitAsync(cancellationToken);
    }

    private RecordShape ShapeOf(FileInfo info)
    {
        try
        {
            return Formats.FileFormats.IsCsv(stream.Format.Kind, info.Name)
                ? Formats.Csv.CsvFormat.ShapeOf(info, stream.Format)
                : RecordShape.Lines;
        }
        catch (InvalidDataException)
        {
            // No gzip after all: said when it is landed.
            return RecordShape.Lines;
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
            var file = changed.Find(file => file.Info == info) ?? await SurveyAsync(info, [], cancellationToken);
            if (file is null)
            {
                return;
            }

            await AddUnlessThereAsync(all, file, cancellationToken);
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
        var attempt = LoadAttempt.First;
        // Each attempt knows a file to be careful with, or a wider type, more than the one before: there is an end.
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
                    attempt,
                    file => current = file,
                    cancellationToken
                );
                if (outcome.Next is { } next)
                {
                    await connection.RollbackAsync(cancellationToken);
                    attempt = next;
                    continue;
                }

                CheckUnchanged(files);

                await connection.CommitAsync(cancellationToken);
                _files += files.Count;
                _counts = new FileCounts(
                    _counts.Landed + outcome.Counts.Landed,
                    _counts.Quarantined + outcome.Counts.Quarantined
                );
                _diagnostics.AddRange(outcome.Notes);
                return;
            }
            catch (WarehouseException problem)
                when (FileLoader.IsMisfit(problem) && !attempt.Careful.Contains(current.Name))
            {
                await RollBackAsync(connection);
                attempt = attempt.Carefully(current.Name);
            }
            catch (Exception problem) when (Explain(problem, current) is { } diagnostics)
            {
                await RollBackAsync(connection);
                _diagnostics.AddRange(diagnostics);
                return;
            }
        }
    }

    private static async Task RollBackAsync(IWarehouseConnection connection)
    {
        try
        {
            await connection.RollbackAsync(CancellationToken.None);
        }
        catch (WarehouseException)
        {
            // A commit that failed has ended the transaction, and nothing of it stays.
        }
    }

    private static void CheckUnchanged(IReadOnlyList<SourceFile> files)
    {
        foreach (var file in files)
        {
            var now = new FileInfo(file.Info.FullName);
            if (!now.Exists || now.Length != file.Info.Length || now.LastWriteTimeUtc != file.Info.LastWriteTimeUtc)
            {
                throw SourceDiagnostics.FileChanged.With(file.Name).ToException();
            }
        }
    }

    private async Task<FileOutcome> LoadAllAsync(
        IWarehouseConnection connection,
        DateTimeOffset landedAt,
        IReadOnlyList<SourceFile> files,
        bool replaceAll,
        LoadAttempt attempt,
        Action<SourceFile> begins,
        CancellationToken cancellationToken
    )
    {
        var loader = new FileLoader(connection, warehouse.Dialect, _spool, source, stream);
        var quarantine = new QuarantineTable(connection, warehouse.Dialect, source);
        var total = default(FileCounts);
        var notes = new List<Diagnostic>();
        var target = new TargetTable(connection, warehouse.Dialect, new RelationName(source.Schema, stream.Name));
        var untyped =
            source.SchemaChanges == SchemaChanges.Evolve
                ? await target.ReadUntypedAsync(cancellationToken)
                : new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (replaceAll)
        {
            await target.RecreateAsync(cancellationToken);
            await quarantine.RemoveAsync(stream.Name, null, cancellationToken);
            await LandedFiles.RemoveAsync(connection, source.Name, stream.Name, null, cancellationToken);
        }

        foreach (var file in files)
        {
            begins(file);
            if (!replaceAll)
            {
                await quarantine.RemoveAsync(stream.Name, file.Name, cancellationToken);
                await LandedFiles.RemoveAsync(connection, source.Name, stream.Name, file.Name, cancellationToken);
            }

            // Needed at the end only: hashed while the engine reads.
            _ = file.Survey.HashAsync(cancellationToken);
            var place = new LandingPlace(stream.Name, file.Name, landedAt, _batch);
            // A file that has changed takes the place of what it was; upserts overlay by key instead.
            var forget = stream.Load == LoadMode.Append;
            var outcome = await loader.LoadAsync(place, file, attempt, untyped, forget, cancellationToken);
            if (outcome.Next is not null)
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
