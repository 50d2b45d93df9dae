using Headwater.Kernel.Diagnostics;
using Headwater.Sources.Files;
using Headwater.Sources.Landing.Tables;

namespace Headwater.Sources.Landing.Surveying;

/// <summary>The files of a stream as they are now, against those that were landed.</summary>
/// <param name="Found">All that there are, in the order in which they are landed.</param>
/// <param name="Changed">Those that are new or have changed, none twice.</param>
/// <param name="Moved">Those that were landed by another name.</param>
/// <param name="IsAnyGone">Whether a landed file is there no more.</param>
/// <param name="Unreadable">HW3003, one a file that could not be read: it is in none of the lists but the first.</param>
internal sealed record StreamFiles(
    IReadOnlyList<FileInfo> Found,
    IReadOnlyList<SourceFile> Changed,
    IReadOnlyList<MovedFile> Moved,
    bool IsAnyGone,
    IReadOnlyList<Diagnostic> Unreadable
)
{
    /// <summary>Files whose old name another one has taken, as when logs rotate: their rows have to go with them before it is landed.</summary>
    public IEnumerable<MovedFile> Displaced =>
        Moved.Where(moved => Changed.Any(file => file.Name == moved.Earlier.Name));
}

/// <param name="Earlier">The file as it was landed.</param>
/// <param name="Name">Its name now.</param>
internal sealed record MovedFile(LandedFile Earlier, string Name);
