using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Headwater.Warehouse.Writers.Text;

/// <summary>
/// Bytes on their way out, in one array that is emptied into the target as it fills: cells are formatted in place, without strings.
/// For one thread.
/// </summary>
internal sealed class Utf8Output(IBufferWriter<byte> target)
{
    private const int FlushAt = 48 * 1024;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
    private int _length;

    /// <summary>Room for at least <paramref name="size"/> bytes; say with <see cref="Advance"/> how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _length < size)
        {
            MakeRoom(size);
        }

        return _buffer.AsSpan(_length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _length += count;

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Formats a number, at most 64 bytes.</summary>
    public void Format<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Reserve(64), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }

    public void Format(int value)
    {
        Utf8Formatter.TryFormat(value, Reserve(16), out var written);
        _length += written;
    }

    public void Format(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(32), out var written);
        _length += written;
    }

    /// <summary>Hands everything to the target.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            target.Write(_buffer.AsSpan(0, _length));
            _length = 0;
        }
    }

    private void MakeRoom(int size)
    {
        if (_length >= FlushAt || size > _buffer.Length / 4)
        {
            Flush();
        }

        if (_buffer.Length - _length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }
    }
}
