using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Sources;

public enum FileKind
{
    /// <summary>By the file's ending: .csv, .tsv, .json, .ndjson, .jsonl, .parquet, .xlsx, each with .gz.</summary>
    Auto,
    Csv,
    Json,
    Ndjson,
    Parquet,
    Xlsx,
}

/// <summary>How to read a stream's files. Everything left null is detected from the first rows.</summary>
/// <param name="Kind">The format, or by the file's ending.</param>
/// <param name="Delimiter">CSV: one to four characters between fields.</param>
/// <param name="Quote">CSV: the quote character.</param>
/// <param name="Escape">CSV: the character that makes a quote literal.</param>
/// <param name="Encoding">CSV: IANA name such as utf-8, windows-1252.</param>
/// <param name="Header">CSV and XLSX: whether the first row names the columns.</param>
/// <param name="DateFormats">Accepted spellings of dates as strptime patterns, tried in order.</param>
/// <param name="TimestampFormats">Accepted spellings of timestamps as strptime patterns, tried in order.</param>
/// <param name="NullValues">Texts that mean null beside the empty one.</param>
/// <param name="Columns">Types by column name, over what is detected.</param>
/// <param name="Sheet">XLSX: name of the sheet; the first by default.</param>
/// <param name="Range">XLSX: cells such as <c>B3:F200</c>; the used ones by default.</param>
public sealed record FileFormat(
    FileKind Kind,
    string? Delimiter,
    string? Quote,
    string? Escape,
    LocatedText? Encoding,
    bool? Header,
    IReadOnlyList<string> DateFormats,
    IReadOnlyList<string> TimestampFormats,
    IReadOnlyList<string> NullValues,
    IReadOnlyDictionary<string, LocatedText> Columns,
    LocatedText? Sheet,
    LocatedText? Range
);
