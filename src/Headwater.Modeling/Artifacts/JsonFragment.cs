using System.Buffers;
using System.Text.Json;

namespace Headwater.Modeling.Artifacts;

/// <summary>An object of a larger document, written apart from it.</summary>
internal static class JsonFragment
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>The object whose members a function writes, as UTF-8. The function must not write another fragment.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>();
        var json = _json ??= new Utf8JsonWriter(buffer, ArtifactFolder.Options);
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
