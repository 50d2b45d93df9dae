namespace Headwater.Project.Inputs;

/// <summary>Says whether the disk still holds what a load found there. Reads no file whose size and time tell.</summary>
public static class InputCheck
{
    /// <summary>What has changed that a load would see; null if that is more than the content of files that are still there.</summary>
    public static InputChanges? Run(IReadOnlyList<FileInput> files, IReadOnlyList<FolderInput> folders)
    {
        try
        {
            var listed = new Dictionary<string, FoundFile>(StringComparer.Ordinal);
            foreach (var folder in folders)
            {
                var found = FolderListing.Read(folder.Path);
                if (
                    !ProjectFiles.Matching(found, folder.Extensions).SequenceEqual(folder.Files, StringComparer.Ordinal)
                )
                {
                    return null;
                }

                foreach (var file in found)
                {
                    listed[file.Path] = file;
                }
            }

            var now = new FileInput[files.Count];
            var edited = new List<string>();
            for (var index = 0; index < now.Length; index++)
            {
                if (Now(files[index], listed) is not { } file)
                {
                    return null;
                }

                now[index] = file;
                if (!IsSame(file, files[index]))
                {
                    edited.Add(file.Path);
                }
            }

            return new InputChanges(now, edited);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A load will say what is wrong.
            return null;
        }
    }

    private static FileInput? Now(FileInput file, Dictionary<string, FoundFile> listed)
    {
        if (!listed.TryGetValue(file.Path, out var found))
        {
            var info = new FileInfo(file.Path);
            if (!info.Exists)
            {
                return file.State is null ? file : null;
            }

            found = new FoundFile(file.Path, info.Length, info.LastWriteTimeUtc.Ticks, info.LinkTarget is not null);
        }

        if (file.State is not { } state)
        {
            return null;
        }

        if (state.Digest.IsEmpty)
        {
            return file;
        }

        var changed = ChangeTime.Of(file.Path);
        if (
            state.IsSettled
            && !found.IsLink
            && found.Length == state.Length
            && found.ModifiedTicks == state.ModifiedTicks
            && changed == state.ChangedTicks
        )
        {
            return file;
        }

        // The time is taken before the content, as when it was read first.
        return file with
        {
            State = new FileState(
                found.Length,
                found.ModifiedTicks,
                changed,
                ProjectFiles.IsSettled(found.ModifiedTicks, changed, found.IsLink),
                ProjectFiles.DigestOf(file.Path)
            ),
        };
    }

    private static bool IsSame(FileInput now, FileInput before) =>
        ReferenceEquals(now, before) || now.State!.Digest.Span.SequenceEqual(before.State!.Digest.Span);
}

/// <summary>What has changed since a load.</summary>
/// <param name="Files">
/// The files as they are now, in the same order: the same objects where size and time told that nothing has changed; where the content had to be looked at
/// with the time that they have now, so that the next check may be spared that.
/// </param>
/// <param name="Edited">Absolute paths of the files that hold something else.</param>
public sealed record InputChanges(IReadOnlyList<FileInput> Files, IReadOnlyList<string> Edited);
