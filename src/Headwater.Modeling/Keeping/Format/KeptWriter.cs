using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Headwater.Modeling.Keeping.Format;

/// <summary>
/// Writes what <see cref="KeptReader"/> reads: numbers of varying length (LEB128), and texts by their place in a table, where each stands once.
/// </summary>
internal sealed class KeptWriter
{
    // A text that is not Unicode would come back as another.
    private static readonly UTF8Encoding Encoding = new(false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public void Write(bool value) => Write(value ? 1L : 0L);

    public void Write(long value)
    {
        // Zigzag: small numbers of either sign take few bytes.
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = _bytes.GetSpan(10);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        _bytes.Advance(length);
    }

    public void Write(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Write(string? value)
    {
        if (value is null)
        {
            Write(0L);
            return;
        }

        if (!_texts.TryGetValue(value, out var place))
        {
            _texts[value] = place = _texts.Count;
        }

        Write(place + 1L);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write((long)bytes.Length);
        _bytes.Write(bytes);
    }

    public void Write<T>(IReadOnlyCollection<T> items, Action<KeptWriter, T> write)
    {
        Write((long)items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }
    }

    public void Write(IReadOnlyCollection<string> texts)
    {
        Write((long)texts.Count);
        foreach (var text in texts)
        {
            Write(text);
        }
    }

    public void WriteOptional<T>(T? value, Action<KeptWriter, T> write)
        where T : class
    {
        Write(value is not null);
        if (value is not null)
        {
            write(this, value);
        }
    }

    /// <summary>The table of texts, then what was written.</summary>
    /// <exception cref="NotKeepableException">A text is not Unicode.</exception>
    public byte[] ToBytes()
    {
        var table = new ArrayBufferWriter<byte>(1 << 16);
        var head = new KeptWriter();
        head.Write((long)_texts.Count);
        try
        {
            foreach (var text in _texts.Keys)
            {
                head.Write((long)Encoding.GetByteCount(text));
                Encoding.GetBytes(text, table);
            }
        }
        catch (EncoderFallbackException)
        {
            throw new NotKeepableException("a text is not Unicode");
        }

        return [.. head._bytes.WrittenSpan, .. table.WrittenSpan, .. _bytes.WrittenSpan];
    }
}
