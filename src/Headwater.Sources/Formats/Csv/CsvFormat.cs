using System.Globalization;
using System.IO.Compression;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Types;

namespace Headwater.Sources.Formats.Csv;

/// <summary>CSV and its relatives. How a file is written is detected; what the stream says about it holds.</summary>
internal sealed class CsvFormat : IFileFormat
{
    private const int SampleRecords = 1_000;

    // As many as the engine looks at itself. What comes after them is checked while it is landed.
    private const int InferenceRows = 20_480;

    public static CsvFormat Instance { get; } = new();

    public string Noun => "CSV";

    /// <summary>How the records of a file end, from its beginning.</summary>
    /// <exception cref="DiagnosticException">HW3006.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordShape ShapeOf(FileInfo file, FileFormat options)
    {
        using Stream plain = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var input = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(plain, CompressionMode.Decompress)
            : plain;
        var given = options.Encoding is { } name ? TextEncodings.Find(name) : null;
        var sample = CsvSample.Read(input, bytes => given ?? TextEncodings.Detect(bytes));
        return CsvDetection.Dialect(sample, options).Shape;
    }

    public async ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    )
    {
        var encoding = context.Options.Encoding is { } name ? TextEncodings.Find(name) : null;
        var spooled = await context.Spool.AddTextAsync(context.File, encoding, context.IsTrusted, cancellationToken);
        try
        {
            return (spooled, await ReadAsync(context, spooled, cancellationToken));
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }

    /// <summary>How a spooled CSV file is read.</summary>
    /// <exception cref="DiagnosticException">HW3004, HW3009, HW3018.</exception>
    public static async ValueTask<FileReading> ReadAsync(
        ReadingContext context,
        SpooledFile spooled,
        CancellationToken cancellationToken
    )
    {
        var sample = CsvSample.Read(spooled.Path);
        if (sample.Trim().Length == 0)
        {
            var why = spooled.Oversized.Count > 0 ? "no record of it is short enough to be read" : "it is empty";
            throw SourceDiagnostics.FileBroken.With(context.File.Name, "CSV", why).ToException();
        }

        var dialect = CsvDetection.Dialect(sample, context.Options);
        var records = CsvSample.Split(sample, dialect, SampleRecords);
        var hasHeader = CsvDetection.HasHeader(records, context.Options);
        var names = CsvDetection.Names(records, hasHeader);
        var nulls = context.Options.NullValues;
        var call = new CsvCall(context.Dialect, spooled, dialect, hasHeader, nulls, AverageBytes(records));
        var types = await TypesAsync(context, call, names, cancellationToken);
        return Build(context, spooled, dialect, call, hasHeader, names, types);
    }

    // Quotes aside, which does for the size of a buffer.
    private static long AverageBytes(IReadOnlyList<List<string>> records) =>
        (long)records.Average(record => record.Sum(cell => (long)cell.Length + 1));

    private static async ValueTask<IReadOnlyList<InferredType>> TypesAsync(
        ReadingContext context,
        CsvCall call,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var text = names.Select(name => (name, ColumnTypes.Text)).ToList();
        var table = $"(SELECT * FROM {call.Text([.. text], rejects: null)} LIMIT {InferenceRows})";
        var inference = new TypeInference(context.Connection, context.Dialect);
        var inferred = await inference.InferAsync(table, names, cancellationToken);
        return [.. names.Select((name, index) => Settle(context, name, inferred[index]))];
    }

    // What is declared holds, then what the table has already as far as it is wide enough, then what the file looks like.
    private static InferredType Settle(ReadingContext context, string name, InferredType inferred)
    {
        var options = context.Options;
        var known = context.KnownTypes.GetValueOrDefault(name);
        var type = context.DeclaredType(name) ?? (known is null ? null : Wide(known, inferred.Type));
        var settled =
            type ?? (inferred.IsAmbiguous && options.DateFormats.Count > 0 ? ColumnTypes.Date : inferred.Type);
        if (settled == ColumnTypes.Date && options.DateFormats.Count > 0)
        {
            return new InferredType(settled, options.DateFormats, false) { AreSpellingsGiven = true };
        }

        if (settled == ColumnTypes.Timestamp && options.TimestampFormats.Count > 0)
        {
            return new InferredType(settled, options.TimestampFormats, false) { AreSpellingsGiven = true };
        }

        if (inferred.IsAmbiguous && IsTemporal(settled))
        {
            throw SourceDiagnostics.AmbiguousInDateColumn.With(context.File.Name, name).ToException();
        }

        // Dates of another spelling fit into a column of timestamps.
        return type is null || type == inferred.Type || (inferred.Spellings.Count > 0 && IsTemporal(type))
            ? inferred
            : InferredType.Of(type);
    }

    private static string Wide(string known, string inferred) =>
        inferred == ColumnTypes.Text ? known : ColumnTypes.Common(known, inferred);

    private static bool IsTemporal(string type) =>
        type is ColumnTypes.Date or ColumnTypes.Timestamp or ColumnTypes.ZonedTimestamp;

    private static FileReading Build(
        ReadingContext context,
        SpooledFile spooled,
        CsvDialect dialect,
        CsvCall call,
        bool hasHeader,
        IReadOnlyList<string> names,
        IReadOnlyList<InferredType> types
    )
    {
        var sql = context.Dialect;
        var rejects = "hw_rejects_" + Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture);
        var read = new List<(string Name, string Type)>();
        var values = new List<string>();
        var columns = new List<FileColumn>();
        var rules = new List<ReadingRule>();
        for (var index = 0; index < names.Count; index++)
        {
            var (name, type, text) = (names[index], types[index], sql.Quote(names[index]));
            var isText = type.Type == ColumnTypes.Text;
            if (isText || (!context.IsCareful && CsvValue.IsLeftToEngine(type)))
            {
                read.Add((name, type.Type));
                columns.Add(new FileColumn(name, type.Type, text));
                continue;
            }

            var value = $"_hw_value_{index}";
            read.Add((name, ColumnTypes.Text));
            values.Add($", {CsvValue.Parse(text, type, sql)} AS {value}");
            columns.Add(new FileColumn(name, type.Type, value));
            rules.Add(
                new ReadingRule(
                    name,
                    $"{text} IS NOT NULL AND {value} IS NULL",
                    $"not a {type.Type.ToLowerInvariant()}"
                )
            );
        }

        var from = call.Text(read, rejects);
        return new FileReading(
            columns,
            values.Count == 0 ? from : $"(SELECT *{string.Concat(values)} FROM {from})",
            call.Text([.. names.Select(name => (name, ColumnTypes.Text))], rejects: null),
            rules,
            $"concat_ws({sql.Literal(dialect.Delimiter)}, {string.Join(", ", names.Select(name => Original(sql.Quote(name), dialect, sql)))})",
            rejects,
            RecordsAsync(spooled, names.Count, hasHeader),
            [.. Notes(context, names, types)]
        )
        {
            Headers = hasHeader ? 1 : 0,
        };
    }

    // Where there is one column, the engine takes a blank line for a record.
    private static async Task<long> RecordsAsync(SpooledFile spooled, int columns, bool hasHeader)
    {
        var records = await spooled.Records;
        return records.Records + (columns == 1 ? records.Blanks : spooled.Oversized.Count) - (hasHeader ? 1 : 0);
    }

    private static string Original(string text, CsvDialect dialect, Sql.Dialects.SqlDialect sql) =>
        dialect.Quote.Length == 0
            ? $"coalesce({text}, '')"
            : $"CASE WHEN {text} IS NULL THEN '' WHEN contains({text}, {sql.Literal(dialect.Delimiter)}) OR contains({text}, {sql.Literal(dialect.Quote)}) OR contains({text}, E'\\n') "
                + $"THEN {sql.Literal(dialect.Quote)} || replace({text}, {sql.Literal(dialect.Quote)}, {sql.Literal(dialect.Escape + dialect.Quote)}) || {sql.Literal(dialect.Quote)} ELSE {text} END";

    private static IEnumerable<Diagnostic> Notes(
        ReadingContext context,
        IReadOnlyList<string> names,
        IReadOnlyList<InferredType> types
    ) =>
        names
            .Where((_, index) => types[index].IsAmbiguous)
            .Select(name => SourceDiagnostics.AmbiguousDates.With(context.File.Name, name));
}
