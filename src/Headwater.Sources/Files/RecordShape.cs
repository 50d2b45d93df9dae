namespace Headwater.Sources.Files;

/// <summary>What has to be known of a text file to tell where its records end.</summary>
/// <param name="Quote">Around fields that may hold line ends, or null if none may.</param>
/// <param name="Escape">Before a quote inside quotes; mostly the quote itself.</param>
/// <param name="Delimiter">Last byte of what stands between fields: a quote opens only after it or at the start of a record.</param>
internal readonly record struct RecordShape(byte? Quote, byte Escape, byte Delimiter)
{
    /// <summary>Each line is a record.</summary>
    public static RecordShape Lines { get; } = new(null, 0, 0);
}
