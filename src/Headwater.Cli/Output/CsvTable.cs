namespace Headwater.Cli.Output;

/// <summary>Writes rows of text as CSV (RFC 4180), for programs.</summary>
internal static class CsvTable
{
    /// <param name="rows">The heading first; null is an empty field.</param>
    /// <param name="output">Where to.</param>
    public static void Print(IEnumerable<IEnumerable<string?>> rows, TextWriter output)
    {
        foreach (var row in rows)
        {
            output.WriteLine(string.Join(',', row.Select(Field)));
        }
    }

    private static string Field(string? text) =>
        text is null ? ""
        : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
