namespace Headwater.Project.Inputs;

/// <summary>A file that a load read, or looked for.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="State">What it was; null if it was not there.</param>
public sealed record FileInput(string Path, FileState? State);

/// <summary>What a file was when it was read.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="ModifiedTicks">The time of its last change, in ticks of UTC.</param>
/// <param name="ChangedTicks">The time at which the file or its entry last changed, which nobody can set, in ticks of UTC; 0 where the system does not tell.</param>
/// <param name="IsSettled">
/// False if it may have changed since without a sign: it was changed just before it was read, so that another change within the grain of
/// the disk's clock would have given it the same time; or it is a link, whose own time says nothing.
/// </param>
/// <param name="Digest">SHA-256 of its bytes; empty if it was looked for and not read.</param>
public sealed record FileState(
    long Length,
    long ModifiedTicks,
    long ChangedTicks,
    bool IsSettled,
    ReadOnlyMemory<byte> Digest
);

/// <summary>A folder that a load listed, with all below it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Extensions">The extensions that it was looked through for, in lower case, with the dot.</param>
/// <param name="Files">The files with one of these extensions, by absolute path, in ordinal order; none if it was not there.</param>
public sealed record FolderInput(string Path, IReadOnlyList<string> Extensions, IReadOnlyList<string> Files);
