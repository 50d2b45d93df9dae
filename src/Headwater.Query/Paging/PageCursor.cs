using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Query.Paging;

/// <summary>Where a page ended: the place of its last row in the order of the question, and what the question stood on.</summary>
/// <param name="Question">Digest of the question, the policy and the definitions.</param>
/// <param name="Versions">Digest of the versions of the tables.</param>
/// <param name="Place">The last row's values, in the order of the sort.</param>
internal sealed record PageCursor(string Question, string Versions, IReadOnlyList<PlaceValue> Place);

/// <summary>A value as the engine itself spells it, which it reads back as the same.</summary>
/// <param name="Text">Null for an empty one.</param>
/// <param name="Type">The engine's name of its type.</param>
internal sealed record PlaceValue(string? Text, string Type);

/// <summary>
/// Cursors as text: opaque, and signed (HMAC with SHA-256, RFC 2104), so that the types and values in them are those that the gate wrote. Safe for several threads.
/// </summary>
internal sealed class CursorSeal(byte[] key)
{
    private const int TagBytes = 16;

    public string Write(PageCursor cursor)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(cursor);
        return Base64Url.EncodeToString([.. Tag(body), .. body]);
    }

    /// <exception cref="DiagnosticException">HW5401: nobody here wrote it.</exception>
    public PageCursor Read(string text)
    {
        var bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
        if (
            bytes.Length <= TagBytes
            || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagBytes), Tag(bytes.AsSpan(TagBytes)))
        )
        {
            throw QueryDiagnostics.BadCursor.With().ToException();
        }

        return JsonSerializer.Deserialize<PageCursor>(bytes.AsSpan(TagBytes))!;
    }

    private byte[] Tag(ReadOnlySpan<byte> body) => HMACSHA256.HashData(key, body)[..TagBytes];
}
