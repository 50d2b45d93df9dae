using Headwater.Sources.Files;

namespace Headwater.Sources.Formats.Csv;

/// <summary>How a CSV file is written.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="Quote">Around fields; empty for none.</param>
/// <param name="Escape">Before a quote inside quotes; mostly the quote itself.</param>
internal sealed record CsvDialect(string Delimiter, string Quote, string Escape)
{
    /// <summary>What this says of where records end.</summary>
    public RecordShape Shape =>
        new(
            Quote.Length == 1 ? (byte)Quote[0] : null,
            Escape.Length == 1 ? (byte)Escape[0] : (byte)0,
            (byte)Delimiter[^1]
        );
}
