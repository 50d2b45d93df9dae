using Headwater.Sources.Files;

namespace Headwater.Sources.Formats.Json;

/// <summary>
/// One JSON object a line. The engine's own reader turns a line that is no JSON into an empty row without a word, so lines are read as text first and
/// taken apart here: what is no object, or has a value that fits no column, is set aside.
/// </summary>
internal sealed class NdjsonFormat : IFileFormat
{
    private const string Line = "line";

    public static NdjsonFormat Instance { get; } = new();

    public string Noun => "NDJSON";

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

    private static async ValueTask<FileReading> ReadAsync(
        ReadingContext context,
        SpooledFile spooled,
        CancellationToken cancellationToken
    )
    {
        var dialect = context.Dialect;
        var path = dialect.Literal(spooled.Path);
        var found = await DescribeAsync(context, spooled.Path, cancellationToken);
        var columns = found
            .Select(column => (column.Name, Type: context.DeclaredType(column.Name) ?? column.Type))
            .Select(column => new FileColumn(
                column.Name,
                column.Type,
                $"{Value(dialect.Literal(Pointer(column.Name)))}"
            ))
            .Select(column => column with { Expression = Typed(column) })
            .ToList();
        var rules = new List<ReadingRule>
        {
            new(null, $"NOT json_valid({Line})", "not JSON"),
            new(null, $"json_type(document) <> 'OBJECT'", "not a JSON object"),
        };
        rules.AddRange(
            columns.Select(column => new ReadingRule(
                column.Name,
                $"json_type(document, {dialect.Literal(Pointer(column.Name))}) <> 'NULL' AND {column.Expression} IS NULL",
                $"not a {column.Type.ToLowerInvariant()}"
            ))
        );
        // No line holds this delimiter, so that each is one field.
        var from = $"""
            (SELECT CASE WHEN json_valid({Line}) THEN {Line} ELSE NULL END AS document, {Line} FROM read_csv({path}, auto_detect=false, header=false,
            delim=E'\x01\x02\x03\x04', quote='', escape='', max_line_size={spooled.LineBytes}, columns={"{"}'{Line}': 'VARCHAR'{"}"})
            WHERE {Line} IS NOT NULL)
            """;
        return new FileReading(columns, from, null, rules, Line, null, RecordsAsync(spooled), []);
    }

    // One line that is no object makes the engine see no columns at all: then it is shown only those that begin like one.
    private static async ValueTask<List<(string Name, string Type)>> DescribeAsync(
        ReadingContext context,
        string path,
        CancellationToken cancellationToken
    )
    {
        var found = await DescribedReading.DescribeAsync(context.Connection, Objects(path), cancellationToken);
        if (found is not [("json", "JSON")])
        {
            return found;
        }

        var objects = context.Spool.NewPath("objects.ndjson");
        try
        {
            await File.WriteAllLinesAsync(
                objects,
                File.ReadLines(path).Where(line => line.AsSpan().TrimStart().StartsWith('{')),
                cancellationToken
            );
            found = await DescribedReading.DescribeAsync(context.Connection, Objects(objects), cancellationToken);
        }
        finally
        {
            File.Delete(objects);
        }

        return found is [("json", "JSON")]
            ? throw SourceDiagnostics
                .FileBroken.With(context.File.Name, "NDJSON", "no line holds an object")
                .ToException()
            : found;

        string Objects(string file) =>
            $"read_json({context.Dialect.Literal(file)}, format='newline_delimited', ignore_errors=true, sample_size=-1, maximum_object_size={int.MaxValue})";
    }

    private static async Task<long> RecordsAsync(SpooledFile spooled) =>
        (await spooled.Records).Records + spooled.Oversized.Count;

    private static string Value(string pointer) => $"json_extract(document, {pointer})";

    // Scalars are cast from their text; nested values keep their structure.
    private static string Typed(FileColumn column) =>
        column.Type is "JSON" ? column.Expression
        : column.Type.Contains('(') && !column.Type.StartsWith("DECIMAL", StringComparison.Ordinal)
        || column.Type.EndsWith("[]", StringComparison.Ordinal)
            ? $"TRY_CAST({column.Expression} AS {column.Type})"
        : $"TRY_CAST(({column.Expression} ->> '$') AS {column.Type})";

    // RFC 6901: a name may hold any character.
    private static string Pointer(string name) =>
        "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
