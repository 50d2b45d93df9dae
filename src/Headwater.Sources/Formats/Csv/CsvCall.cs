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
    long lineBytes
)
{
    private const long DefaultLineBytes = 2_097_152;
    private const long LeastBuffer = 32L << 20;

    // Left to itself the engine takes sixteen of the longest records for each buffer.
    private string Buffers() =>
        lineBytes <= DefaultLineBytes
            ? ""
            : $"buffer_size={Math.Max(2 * lineBytes, LeastBuffer).ToString(CultureInfo.InvariantCulture)}, ";

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
            + $"nullstr=[{nulls}], max_line_size={lineBytes.ToString(CultureInfo.InvariantCulture)}, {Buffers()}"
            + $"columns={{{types}}}, {unreadable})";
    }
}
