using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headwater.Platform.Audit.Chain;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Platform.Audit;

/// <summary>One audit record as a line of JSON.</summary>
internal static class AuditLine
{
    /// <summary>Most characters of a question that are kept.</summary>
    private const int MostCharacters = 16 * 1024;

    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("seq");
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

    /// <summary>How a line begins: with its number.</summary>
    public static ReadOnlySpan<byte> SequenceField => "{\"seq\":"u8;

    /// <summary>What stands before the digest, which ends a line.</summary>
    public static ReadOnlySpan<byte> DigestField => ",\"digest\":\""u8;

    // The log is read as JSON, never put into a page: only what JSON itself needs is escaped.
    public static Utf8JsonWriter Writer(ArrayBufferWriter<byte> output) =>
        new(
            output,
            new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    /// <summary>Writes a record as the link after another, behind the digest of that one, which is no part of the line.</summary>
    /// <returns>The digest of the new link.</returns>
    public static byte[] WriteNext(
        AuditRecord record,
        ChainHead before,
        Utf8JsonWriter json,
        ArrayBufferWriter<byte> output
    )
    {
        output.Write(before.Digest.Span);
        WriteBody(record, before.Sequence + 1, json, output);
        var digest = SHA256.HashData(output.WrittenSpan);
        WriteDigest(digest, output);
        return digest;
    }

    /// <summary>Writes a record as it was written before.</summary>
    public static void WriteAgain(
        AuditRecord record,
        long sequence,
        string digest,
        Utf8JsonWriter json,
        ArrayBufferWriter<byte> output
    )
    {
        WriteBody(record, sequence, json, output);
        output.Write(DigestField);
        output.Write(Encoding.UTF8.GetBytes(digest));
        output.Write("\"}\n"u8);
    }

    private static void WriteDigest(ReadOnlySpan<byte> digest, ArrayBufferWriter<byte> output)
    {
        output.Write(DigestField);
        var digits = output.GetSpan(2 * digest.Length);
        Convert.TryToHexStringLower(digest, digits, out var written);
        output.Advance(written);
        output.Write("\"}\n"u8);
    }

    // Without the closing brace, which stands behind the digest.
    private static void WriteBody(
        AuditRecord record,
        long sequence,
        Utf8JsonWriter json,
        ArrayBufferWriter<byte> output
    )
    {
        json.Reset(output);
        json.WriteStartObject();
        json.WriteNumber(Sequence, sequence);
        json.WriteString(At, Microseconds(record.At));
        json.WriteString(Who, Whole(record.PrincipalId));
        json.WriteString(Path, Word(record.Path));
        json.WriteString(Origin, record.Origin);
        json.WriteString(What, Whole(record.What.AsSpan(0, Math.Min(record.What.Length, MostCharacters))));
        json.WriteString(Policy, record.Policy);
        json.WriteNumber(Rows, record.Rows);
        json.WriteNumber(Micros, (long)record.Elapsed.TotalMicroseconds);
        json.WriteBoolean(FromCache, record.FromCache);
        json.WriteString(Outcome, record.Outcome);
        json.Flush();
    }

    // Half a pair of surrogates is written otherwise the second time, when it has become the sign of what is lost.
    private static ReadOnlySpan<char> Whole(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\ud800', '\udfff')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToArray()))
            : text;

    // As fine as the catalog keeps it, so that a row can be written as its line again.
    private static DateTimeOffset Microseconds(DateTimeOffset time) =>
        time.ToUniversalTime().AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Reads a line back, or null if it is no whole record: the end of a file that a crash cut.</summary>
    public static AuditRow? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var record = document.RootElement;
            var read = new AuditRecord(
                record.GetProperty("at").GetDateTimeOffset(),
                record.GetProperty("principal").GetString()!,
                PathOf(record.GetProperty("path").GetString()!),
                record.GetProperty("origin").GetString(),
                record.GetProperty("what").GetString()!,
                record.GetProperty("policy").GetString()!,
                record.GetProperty("rows").GetInt64(),
                TimeSpan.FromMicroseconds(record.GetProperty("elapsed_us").GetInt64()),
                record.GetProperty("from_cache").GetBoolean(),
                record.GetProperty("outcome").GetString()!
            );
            return record.TryGetProperty("digest", out var digest)
                ? new AuditRow(read, record.GetProperty("seq").GetInt64(), digest.GetString()!)
                : new AuditRow(read, 0, "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    public static QuestionPath PathOf(string word) => Enum.Parse<QuestionPath>(word, ignoreCase: true);

    public static string Word(QuestionPath path) =>
        path switch
        {
            QuestionPath.Page => "page",
            QuestionPath.Api => "api",
            QuestionPath.Export => "export",
            _ => "commandline",
        };
}
