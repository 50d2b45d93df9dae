namespace Headwater.Sources.Files;

/// <summary>A file that is to be landed.</summary>
/// <param name="Name">Path below the source's folder, with forward slashes: what <c>_hw_file</c> says.</param>
/// <param name="Info">The file itself.</param>
/// <param name="Survey">What its bytes told.</param>
internal sealed record SourceFile(string Name, FileInfo Info, FileSurvey Survey)
{
    /// <summary>The name without <c>.gz</c>.</summary>
    public string PlainName => IsCompressed ? Name[..^3] : Name;

    public bool IsCompressed => Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
