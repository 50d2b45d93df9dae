using System.Buffers;
using System.Text;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>JSON strings from UTF-8.</summary>
internal static class JsonText
{
    // '<' is escaped too, so that a result can stand in an HTML script element.
    private static readonly SearchValues<byte> Special = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (byte)code),
        (byte)'"',
        (byte)'\\',
        (byte)'<',
    ]);

    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    public static void Write(string text, Utf8Output output) => Write(Encoding.UTF8.GetBytes(text), output);

    public static void Write(ReadOnlySpan<byte> utf8, Utf8Output output)
    {
        var target = output.Reserve(utf8.Length + 2);
        var special = utf8.IndexOfAny(Special);
        if (special < 0)
        {
            target[0] = (byte)'"';
            utf8.CopyTo(target[1..]);
            target[utf8.Length + 1] = (byte)'"';
            output.Advance(utf8.Length + 2);
            return;
        }

        output.Write((byte)'"');
        while (special >= 0)
        {
            output.Write(utf8[..special]);
            Escape(utf8[special], output);
            utf8 = utf8[(special + 1)..];
            special = utf8.IndexOfAny(Special);
        }

        output.Write(utf8);
        output.Write((byte)'"');
    }

    /// <summary>A JSON string once and for all: for names and labels.</summary>
    public static byte[] Encode(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new Utf8Output(buffer);
        Write(text, output);
        output.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Escape(byte code, Utf8Output output)
    {
        switch (code)
        {
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            default:
                output.Write("\\u00"u8);
                output.Write(Hex[code >> 4]);
                output.Write(Hex[code & 15]);
                break;
        }
    }
}
