namespace Headwater.Project.Inputs;

/// <summary>Says whether the disk still holds what a load found there. Reads no file whose size and time tell.</summary>
public static class InputCheck
{
    /// <summary>The files as they are now, if nothing has changed that a load would see; else null.</summary>
    /// <returns>
    /// Files whose content had to be looked at are told with the time that they have now, so that the next check may be spared that.
    /// </returns>
    public static IReadOnlyList<FileInput>? Run(IReadOnlyList<FileInput> files, IReadOnlyList<FolderInput> folders)
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
            for (var index = 0; index < now.Length; index++)
            {
                if (Now(files[index], listed) is not { } file)
                {
                    return null;
                }

                now[index] = file;
            }

            return now;
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

        if (
            state.Digest.IsEmpty
            || (
                state.IsSettled
                && !found.IsLink
                && found.Length == state.Length
                && found.ModifiedTicks == state.ModifiedTicks
            )
        )
        {
            return file;
        }

        // The time is taken before the content, as when it was read first.
        return ProjectFiles.DigestOf(file.Path).AsSpan().SequenceEqual(state.Digest.Span)
            ? file with
            {
                State = new FileState(
                    found.Length,
                    found.ModifiedTicks,
                    ProjectFiles.IsSettled(found.ModifiedTicks, found.IsLink),
                    state.Digest
                ),
            }
            : null;
    }
}
