using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Headwater.Project.Inputs;

/// <summary>
/// The one way by which loading a project gets at the disk: what it reads, looks for and lists is remembered, so that somebody can say later whether another
/// load would find the same. Folders are listed once. Safe for several threads.
/// </summary>
public sealed class ProjectFiles
{
    /// <summary>How long after a change another may give a file the same time: no clock of a disk is coarser.</summary>
    internal static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, FileInput> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<FoundFile>>> _listings = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<(string Folder, string Extension), bool> _sought = new();

    /// <summary>The files that were read or looked for, in ordinal order of their paths.</summary>
    public IReadOnlyList<FileInput> Files => [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>The folders that were listed, in ordinal order of their paths.</summary>
    public IReadOnlyList<FolderInput> Folders =>
        [
            .. _sought
                .Keys.GroupBy(sought => sought.Folder, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                {
                    IReadOnlyList<string> extensions =
                    [
                        .. group.Select(sought => sought.Extension).Order(StringComparer.Ordinal),
                    ];
                    return new FolderInput(group.Key, extensions, [.. Matching(Listing(group.Key), extensions)]);
                }),
        ];

    /// <summary>Whether a file is there.</summary>
    /// <param name="path">Absolute.</param>
    public bool Exists(string path)
    {
        var state = StateOf(path);
        // One that is read also, before or after, is better known by what it holds.
        _files.TryAdd(path, new FileInput(path, state));
        return state is not null;
    }

    /// <summary>The text of a file, in the encoding that its first bytes tell, else UTF-8.</summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">It cannot be read; or <see cref="UnauthorizedAccessException"/>.</exception>
    public string ReadText(string path)
    {
        // The state is taken first: a change in between is then seen as one later.
        var state = StateOf(path);
        var bytes = File.ReadAllBytes(path);
        if (state is not null)
        {
            Note(path, state with { Digest = SHA256.HashData(bytes) });
        }

        using var reader = new StreamReader(new MemoryStream(bytes));
        return reader.ReadToEnd();
    }

    /// <summary>Remembers a file that is read elsewhere.</summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">It cannot be read; or <see cref="UnauthorizedAccessException"/>.</exception>
    public void Remember(string path)
    {
        var state = StateOf(path);
        Note(path, state is null ? null : state with { Digest = DigestOf(path) });
    }

    /// <summary>Absolute paths of the files below a folder that end in one of the extensions, in ordinal order; none if it is not there.</summary>
    internal IEnumerable<string> Below(string folder, IReadOnlyList<string> extensions)
    {
        foreach (var extension in extensions)
        {
            _sought.TryAdd((folder, extension), true);
        }

        return Matching(Listing(folder), extensions);
    }

    internal static IEnumerable<string> Matching(IEnumerable<FoundFile> files, IReadOnlyList<string> extensions) =>
        files
            .Select(file => file.Path)
            .Where(path => extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .Order(StringComparer.Ordinal);

    internal static byte[] DigestOf(string path)
    {
        using var stream = File.OpenRead(path);
        return SHA256.HashData(stream);
    }

    internal static bool IsSettled(long modifiedTicks, long changedTicks, bool isLink) =>
        !isLink && DateTime.UtcNow.Ticks - Math.Max(modifiedTicks, changedTicks) > ClockGrain.Ticks;

    // What was found first counts: if the disk changed before the same file was read again, something of the load is of what it was.
    private void Note(string path, FileState? state) =>
        _files.AddOrUpdate(
            path,
            new FileInput(path, state),
            (_, before) => before.State is { Digest.IsEmpty: true } ? new FileInput(path, state) : before
        );

    private static FileState? StateOf(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return null;
        }

        var modified = info.LastWriteTimeUtc.Ticks;
        var changed = ChangeTime.Of(path);
        return new FileState(
            info.Length,
            modified,
            changed,
            IsSettled(modified, changed, info.LinkTarget is not null),
            default
        );
    }

    private IReadOnlyList<FoundFile> Listing(string folder) =>
        _listings
            .GetOrAdd(folder, static path => new Lazy<IReadOnlyList<FoundFile>>(() => FolderListing.Read(path)))
            .Value;
}
