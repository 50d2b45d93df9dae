using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats;
using Headwater.Sources.Formats.Csv;
using Headwater.Sources.Landing.Tables;

namespace Headwater.Sources.Landing.Surveying;

/// <summary>
/// Finds out which files of a stream are new, changed, moved or gone. A file of the same name, size and time as a landed one is that file; any other is
/// if its bytes are. Reads the beginning of each of the others, and all of it where its bytes have to be compared.
/// </summary>
internal sealed class FileSurveyor(SourceDefinition source, StreamDefinition stream)
{
    /// <summary>Surveys the files that were found against those that were landed.</summary>
    /// <exception cref="IOException">A file could be read, but not again to be compared with another.</exception>
    public Task<StreamFiles> SurveyAsync(
        IReadOnlyList<FileInfo> found,
        List<LandedFile> landed,
        CancellationToken cancellationToken
    ) => SurveyAsync(found, landed, [], cancellationToken);

    /// <summary>Surveys the files of an earlier survey as if none of them were landed. Those that had changed are not read again.</summary>
    /// <exception cref="IOException">A file could be read, but not again to be compared with another.</exception>
    public Task<StreamFiles> SurveyAllAsync(StreamFiles earlier, CancellationToken cancellationToken) =>
        SurveyAsync(earlier.Found, [], earlier.Changed, cancellationToken);

    /// <summary>Whether the files that were found are the landed ones, by name, size and time. Reads none of them.</summary>
    public bool AreLanded(IReadOnlyList<FileInfo> found, List<LandedFile> landed) =>
        found.Count == landed.Count && found.All(info => IsLanded(info, landed));

    private async Task<StreamFiles> SurveyAsync(
        IReadOnlyList<FileInfo> found,
        List<LandedFile> landed,
        IReadOnlyList<SourceFile> read,
        CancellationToken cancellationToken
    )
    {
        var changed = new List<SourceFile>();
        var moved = new List<MovedFile>();
        var unreadable = new List<Diagnostic>();
        foreach (var info in found.Where(info => !IsLanded(info, landed)))
        {
            try
            {
                var file = read.FirstOrDefault(file => file.Info == info) ?? Survey(info);
                var same = await FindSameAsync(file, landed, cancellationToken);
                if (same is null)
                {
                    changed.Add(file);
                }
                else if (same.Name != file.Name)
                {
                    moved.Add(new MovedFile(same, file.Name));
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(SourceDiagnostics.FileUnreadable.With(NameOf(info), problem.Message));
            }
        }

        var names = found.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var isAnyGone = landed.Exists(file => !names.Contains(file.Name));
        return new StreamFiles(found, await DistinctAsync(changed, cancellationToken), moved, isAnyGone, unreadable);
    }

    private static async Task<List<SourceFile>> DistinctAsync(
        List<SourceFile> files,
        CancellationToken cancellationToken
    )
    {
        var distinct = new List<SourceFile>();
        foreach (var file in files)
        {
            if (!await HasSameAsync(distinct, file, cancellationToken))
            {
                distinct.Add(file);
            }
        }

        return distinct;
    }

    // Two files of the same bytes are one. Only those of the same length can be.
    private static async Task<bool> HasSameAsync(
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
                return true;
            }
        }

        return false;
    }

    private static async Task<LandedFile?> FindSameAsync(
        SourceFile file,
        List<LandedFile> landed,
        CancellationToken cancellationToken
    )
    {
        if (!landed.Exists(other => other.Bytes == file.Info.Length))
        {
            return null;
        }

        var hash = await file.Survey.HashAsync(cancellationToken);
        return landed.Find(other => other.Hash == hash);
    }

    private SourceFile Survey(FileInfo info) => new(NameOf(info), info, FileSurvey.Take(info.FullName, ShapeOf(info)));

    private bool IsLanded(FileInfo info, List<LandedFile> landed)
    {
        var known = landed.Find(file => file.Name == NameOf(info));
        return known is not null && known.Bytes == info.Length && SameTime(known.ModifiedAt, info.LastWriteTimeUtc);
    }

    // The table keeps microseconds, file systems keep less or more.
    private static bool SameTime(DateTimeOffset landed, DateTime modified) =>
        Math.Abs((landed.UtcDateTime - modified).TotalMilliseconds) < 1;

    private string NameOf(FileInfo info) => Path.GetRelativePath(source.Path.Text, info.FullName).Replace('\\', '/');

    private RecordShape ShapeOf(FileInfo info)
    {
        try
        {
            return FileFormats.IsCsv(stream.Format.Kind, info.Name)
                ? CsvFormat.ShapeOf(info, stream.Format)
                : RecordShape.Lines;
        }
        catch (InvalidDataException)
        {
            // No gzip after all: said when it is landed.
            return RecordShape.Lines;
        }
    }
}
