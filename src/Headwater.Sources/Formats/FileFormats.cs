using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Formats.Csv;
using Headwater.Sources.Formats.Json;
using Headwater.Sources.Formats.Parquet;
using Headwater.Sources.Formats.Xlsx;

namespace Headwater.Sources.Formats;

/// <summary>Finds the format of a file.</summary>
internal static class FileFormats
{
    /// <summary>Whether a file is CSV, by what the stream says, else by its name.</summary>
    public static bool IsCsv(FileKind kind, string name) =>
        kind == FileKind.Csv
        || (
            kind == FileKind.Auto
            && Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name)
                .ToLowerInvariant()
                is ".csv"
                    or ".tsv"
                    or ".txt"
                    or ".tab"
        );

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3011.</exception>
    public static IFileFormat Find(FileKind kind, SourceFile file) =>
        kind switch
        {
            FileKind.Csv => CsvFormat.Instance,
            FileKind.Json => JsonFormat.Instance,
            FileKind.Ndjson => NdjsonFormat.Instance,
            FileKind.Parquet => ParquetFormat.Instance,
            FileKind.Xlsx => XlsxFormat.Instance,
            _ => Path.GetExtension(file.PlainName).ToLowerInvariant() switch
            {
                ".csv" or ".tsv" or ".txt" or ".tab" => CsvFormat.Instance,
                ".json" => JsonFormat.Instance,
                ".ndjson" or ".jsonl" => NdjsonFormat.Instance,
                ".parquet" => ParquetFormat.Instance,
                ".xlsx" or ".xls" or ".xlsb" => XlsxFormat.Instance,
                _ => throw SourceDiagnostics.UnknownFormat.With(file.Name).ToException(),
            },
        };
}
