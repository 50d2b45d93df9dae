using System.Buffers.Text;
using System.Text;

namespace Headwater.Simulator.Files;

/// <summary>Builds CSV in UTF-8 bytes in one reused buffer. For one thread at a time.</summary>
internal sealed class CsvLine
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Adds bytes that need no quoting, and a comma.</summary>
    public void Field(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length + 1);
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
        _bytes[_length++] = (byte)',';
    }

    public void Field(int number)
    {
        Reserve(16);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
        _bytes[_length++] = (byte)',';
    }

    public void Field(DateOnly date)
    {
        Reserve(16);
        date.TryFormat(
            _bytes.AsSpan(_length),
            out var written,
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture
        );
        _length += written;
        _bytes[_length++] = (byte)',';
    }

    public void Empty() => Field([]);

    /// <summary>Ends the line in place of the last comma.</summary>
    public void End() => _bytes[_length - 1] = (byte)'\n';

    /// <summary>A whole line of texts, quoted where they need it.</summary>
    public void Line(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            var quoted =
                field.AsSpan().IndexOfAny(",\"\n") < 0
                    ? field
                    : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            Field(Encoding.UTF8.GetBytes(quoted));
        }

        End();
    }

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
