namespace Headwater.Sources.Formats.Csv;

/// <summary>How a CSV file is written.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="Quote">Around fields; empty for none.</param>
/// <param name="Escape">Before a quote inside quotes; mostly the quote itself.</param>
internal sealed record CsvDialect(string Delimiter, string Quote, string Escape)
{
    /// <summary>The quote as a byte for counting, or null if there is none or another character escapes it.</summary>
    public byte? CountableQuote => Quote.Length == 1 && Quote == Escape ? (byte)Quote[0] : null;
}
