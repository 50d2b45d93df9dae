using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Json;

namespace Headwater.Query.Caching;

/// <summary>Answers as bytes and as tags: made once, so that a repeated answer costs a write.</summary>
internal static class AnswerEncoding
{
    public static ReadOnlyMemory<byte> Json(ResultTable table, string? nextCursor)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        CompactJsonWriter.Write(table, buffer);
        if (nextCursor is not null)
        {
            // Base64: nothing in it needs an escape. It stands before the closing bracket.
            return (byte[])
                [.. buffer.WrittenSpan[..^1], .. Encoding.UTF8.GetBytes($",\"next_cursor\":\"{nextCursor}\"}}")];
        }

        return buffer.WrittenMemory.ToArray();
    }

    /// <summary>A strong HTTP entity tag that changes when the answer could change.</summary>
    /// <param name="instance">Tells the lives of the process apart.</param>
    public static string EntityTag(string instance, CacheKey key, IReadOnlyList<RelationVersion> versions)
    {
        var text = new StringBuilder(instance).Append('|').Append(key.Policy).Append('|').Append(key.Question);
        foreach (var version in versions)
        {
            text.Append('|').Append(version.Relation).Append('=').Append(version.Version);
        }

        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 12)}\"";
    }
}
