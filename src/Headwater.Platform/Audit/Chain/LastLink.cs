namespace Headwater.Platform.Audit.Chain;

/// <summary>Finds where the chain stands in the segments that earlier processes left.</summary>
internal static class LastLink
{
    /// <returns>The last whole link, and the name of the last segment, empty for none.</returns>
    public static (ChainHead Head, string LastName) Find(string folder)
    {
        var paths = Directory.EnumerateFiles(folder, "*.ndjson").OrderDescending(StringComparer.Ordinal).ToList();
        foreach (var path in paths)
        {
            if (In(File.ReadAllBytes(path)) is { } head)
            {
                return (head, Path.GetFileName(paths[0]));
            }
        }

        return (ChainHead.Start, paths.Count > 0 ? Path.GetFileName(paths[0]) : "");
    }

    // From the end: what a crash cut off is no link, and zeros follow the last line of a segment that was not closed.
    private static ChainHead? In(ReadOnlySpan<byte> text)
    {
        while (text.LastIndexOf((byte)'\n') is var end and >= 0)
        {
            text = text[..end];
            if (ChainedLine.TryRead(text[(text.LastIndexOf((byte)'\n') + 1)..], out var link))
            {
                return new ChainHead(link.Sequence, link.Stated);
            }
        }

        return null;
    }
}
