using System.IO.Enumeration;

namespace Headwater.Project.Inputs;

/// <summary>A file found in a folder, as the folder's listing tells of it.</summary>
internal readonly record struct FoundFile(string Path, long Length, long ModifiedTicks, bool IsLink);

/// <summary>Lists folders with all below them.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>The files below a folder, in no order; none if it is not there.</summary>
    public static IReadOnlyList<FoundFile> Read(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. new FileSystemEnumerable<FoundFile>(folder, static (ref entry) => Found(ref entry), All)
                {
                    ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory,
                },
            ]
            : [];

    private static FoundFile Found(ref FileSystemEntry entry) =>
        new(
            entry.ToFullPath(),
            entry.Length,
            entry.LastWriteTimeUtc.UtcTicks,
            entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
        );
}
