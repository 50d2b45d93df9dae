using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Sources.Files;
using Headwater.Sources.Types;

namespace Headwater.Sources.Formats.Csv;

/// <summary>CSV and its relatives. How a file is written is detected; what the stream says about it holds.</summary>
internal sealed class CsvFormat : IFileFormat
{
    private const int SampleRecords = 1_000;
    private const int InferenceRows = 50_000;
    private const long EngineLineBytes = 2_097_152;

    public static CsvFormat Instance { get; } = new();

    public string Noun => "CSV";

    public async ValueTask<(SpooledFile Spooled, FileReading Reading)> OpenAsync(
        ReadingContext context,
        CancellationToken cancellationToken
    )
    {
        var encoding = context.Options.Encoding is { } name ? TextEncodings.Find(name) : null;
        var spooled = context.Spool.AddText(context.File, encoding, (byte)'"', cancellationToken);
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
    public static async ValueTask<FileReading> ReadAsync(
        ReadingContext context,
        SpooledFile spooled,
        CancellationToken cancellationToken
    )
    {
        var sample = CsvSample.Read(spooled.Path);
        if (sample.Trim().Length == 0)
        {
            throw SourceDiagnostics.FileBroken.With(context.File.Name, "CSV", "it is empty").ToException();
        }

        var dialect = CsvDetection.Dialect(sample, context.Options);
        var records = CsvSample.Split(sample, dialect, SampleRecords);
        var hasHeader = CsvDetection.HasHeader(records, context.Options);
        var names = CsvDetection.Names(records, hasHeader);
        var call = new CsvCall(
            context.Dialect,
            spooled,
            dialect,
            hasHeader,
            context.Options.NullValues,
            LineBytes(spooled)
        );
        var types = await TypesAsync(context, call, names, cancellationToken);
        return Build(context, spooled, dialect, call, hasHeader, names, types);
    }

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

    // What is declared holds, then what the table has already, then what the file looks like.
    private static InferredType Settle(ReadingContext context, string name, InferredType inferred)
    {
        var type = context.DeclaredType(name) ?? context.KnownTypes.GetValueOrDefault(name);
        var options = context.Options;
        if ((type ?? inferred.Type) == ColumnTypes.Date && options.DateFormats.Count > 0)
        {
            return new InferredType(ColumnTypes.Date, options.DateFormats, false);
        }

        if ((type ?? inferred.Type) == ColumnTypes.Timestamp && options.TimestampFormats.Count > 0)
        {
            return new InferredType(ColumnTypes.Timestamp, options.TimestampFormats, false);
        }

        // An ambiguous column is settled by the formats that the stream accepts.
        if (type is null && inferred.IsAmbiguous && options.DateFormats.Count > 0)
        {
            return new InferredType(ColumnTypes.Date, options.DateFormats, false);
        }

        return type is null || type == inferred.Type ? inferred : InferredType.Of(type);
    }

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
        // One spelling for all dates can be left to the engine; several are read here, from text.
        var spelt = types.Any(type => type.Spellings.Count > 0);
        var columns = names
            .Select(
                (name, index) =>
                    new FileColumn(
                        name,
                        types[index].Type,
                        Expression(context.Dialect.Quote(name), types[index], context)
                    )
            )
            .ToList();
        var read = names
            .Select((name, index) => (name, types[index].Spellings.Count > 0 ? ColumnTypes.Text : types[index].Type))
            .ToArray();
        var rules = spelt
            ? columns
                .Where((_, index) => types[index].Spellings.Count > 0)
                .Select(column => new ReadingRule(
                    column.Name,
                    $"{context.Dialect.Quote(column.Name)} IS NOT NULL AND {column.Expression} IS NULL",
                    $"not a {column.Type.ToLowerInvariant()}"
                ))
                .ToList()
            : [];
        var rejects = "hw_rejects_" + Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture);
        var fields = names.Select(name => $"coalesce(CAST({context.Dialect.Quote(name)} AS VARCHAR), '')");
        var counted = dialect.CountableQuote == (byte)'"' && !spooled.Records.IsUnbalanced;
        return new FileReading(
            columns,
            call.Text(read, rejects),
            call.Text([.. names.Select(name => (name, ColumnTypes.Text))], rejects: null),
            rules,
            $"concat_ws({context.Dialect.Literal(dialect.Delimiter)}, {string.Join(", ", fields)})",
            rejects,
            counted ? spooled.Records.Records - (hasHeader ? 1 : 0) + spooled.Oversized.Count : null,
            [.. Notes(context, names, types)]
        );
    }

    private static IEnumerable<Diagnostic> Notes(
        ReadingContext context,
        IReadOnlyList<string> names,
        IReadOnlyList<InferredType> types
    ) =>
        names
            .Where((_, index) => types[index].IsAmbiguous)
            .Select(name => SourceDiagnostics.AmbiguousDates.With(context.File.Name, name));

    private static string Expression(string column, InferredType type, ReadingContext context) =>
        type.Spellings.Count == 0
            ? column
            : $"CAST({DateSpellings.Parse(column, type.Spellings, context.Dialect)} AS {type.Type})";

    private static long LineBytes(SpooledFile spooled) =>
        spooled.Records.Longest + 2 > EngineLineBytes ? spooled.Records.Longest + 2 : EngineLineBytes;
}
