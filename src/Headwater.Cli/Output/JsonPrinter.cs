using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headwater.Cli.Output;

/// <summary>Writes what a command did as one JSON document, for programs. Names are in snake case, as those of dbt's artifacts.</summary>
internal static class JsonPrinter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // The reader is a program at a pipe, not a page: quotes in messages may stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print<T>(T document, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(document, Options));
}
