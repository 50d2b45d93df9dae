using System.Buffers;
using System.Text.Json;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Platform.Audit;

/// <summary>One audit record as a line of JSON.</summary>
internal static class AuditLine
{
    /// <summary>Most characters of a question that are kept.</summary>
    private const int MostCharacters = 16 * 1024;

    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText Who = JsonEncodedText.Encode("principal");
    private static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
    private static readonly JsonEncodedText Origin = JsonEncodedText.Encode("origin");
    private static readonly JsonEncodedText What = JsonEncodedText.Encode("what");
    private static readonly JsonEncodedText Policy = JsonEncodedText.Encode("policy");
    private static readonly JsonEncodedText Rows = JsonEncodedText.Encode("rows");
    private static readonly JsonEncodedText Micros = JsonEncodedText.Encode("elapsed_us");
    private static readonly JsonEncodedText FromCache = JsonEncodedText.Encode("from_cache");
    private static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");

    public static void Write(AuditRecord record, Utf8JsonWriter json, ArrayBufferWriter<byte> output)
    {
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString(At, record.At);
        json.WriteString(Who, record.PrincipalId);
        json.WriteString(Path, Word(record.Path));
        json.WriteString(Origin, record.Origin);
        json.WriteString(What, record.What.AsSpan(0, Math.Min(record.What.Length, MostCharacters)));
        json.WriteString(Policy, record.Policy);
        json.WriteNumber(Rows, record.Rows);
        json.WriteNumber(Micros, (long)record.Elapsed.TotalMicroseconds);
        json.WriteBoolean(FromCache, record.FromCache);
        json.WriteString(Outcome, record.Outcome);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>Reads a line back, or null if it is no whole record: the end of a file that a crash cut.</summary>
    public static AuditRecord? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var record = document.RootElement;
            return new AuditRecord(
                record.GetProperty("at").GetDateTimeOffset(),
                record.GetProperty("principal").GetString()!,
                Enum.Parse<QuestionPath>(record.GetProperty("path").GetString()!, ignoreCase: true),
                record.GetProperty("origin").GetString(),
                record.GetProperty("what").GetString()!,
                record.GetProperty("policy").GetString()!,
                record.GetProperty("rows").GetInt64(),
                TimeSpan.FromMicroseconds(record.GetProperty("elapsed_us").GetInt64()),
                record.GetProperty("from_cache").GetBoolean(),
                record.GetProperty("outcome").GetString()!
            );
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    public static string Word(QuestionPath path) =>
        path switch
        {
            QuestionPath.Page => "page",
            QuestionPath.Api => "api",
            QuestionPath.Export => "export",
            _ => "commandline",
        };
}
