using System.Globalization;
using Headwater.Sources.Files;
using Headwater.Sql.Dialects;

namespace Headwater.Sources.Formats.Csv;

/// <summary>Writes the call of the engine's CSV reader with everything said, so that it detects nothing itself.</summary>
internal sealed class CsvCall(
    SqlDialect sql,
    SpooledFile file,
    CsvDialect dialect,
    bool hasHeader,
    IReadOnlyList<string> nullValues,
    long recordBytes
)
{
    private const long LeastBuffer = 16L << 20;
    private const long MostBuffer = 64L << 20;

    // What one thread reads from one buffer becomes a part of the table. Where that is less than a row group, the engine copies the parts once more to
    // join them: left to itself it does so from records of 65 bytes on, which costs a quarter of the time.
    private const long RowsPerBuffer = 131_072;

    // A line buffer of the engine's own size is not spoken of: naming even that one makes its reader a fifth slower.
    private string Buffers()
    {
        var buffer = Math.Clamp(RowsPerBuffer * recordBytes, LeastBuffer, MostBuffer);
        return file.LineBytes <= RecordScan.EngineLineBytes
            ? string.Create(CultureInfo.InvariantCulture, $"buffer_size={buffer}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"buffer_size={Math.Max(2 * file.LineBytes, buffer)}, max_line_size={file.LineBytes}"
            );
    }

    /// <param name="columns">Names and types in the file's order.</param>
    /// <param name="rejects">The temporary table for rows that cannot be read; null skips them.</param>
    public string Text(IReadOnlyList<(string Name, string Type)> columns, string? rejects)
    {
        var types = string.Join(
            ", ",
            columns.Select(column => $"{sql.Literal(column.Name)}: {sql.Literal(column.Type)}")
        );
        var nulls = string.Join(", ", nullValues.Prepend("").Select(sql.Literal));
        var unreadable = rejects is null
            ? "ignore_errors=true"
            : $"store_rejects=true, rejects_table={sql.Literal(rejects)}, rejects_scan={sql.Literal(rejects + "_scan")}, rejects_limit=0";
        return $"read_csv({sql.Literal(file.Path)}, auto_detect=false, header={(hasHeader ? "true" : "false")}, "
            + $"delim={sql.Literal(dialect.Delimiter)}, quote={sql.Literal(dialect.Quote)}, escape={sql.Literal(dialect.Escape)}, "
            + $"nullstr=[{nulls}], {Buffers()}, "
            + $"columns={{{types}}}, {unreadable})";
    }
}
