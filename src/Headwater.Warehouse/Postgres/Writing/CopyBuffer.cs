using System.Buffers;
using System.Buffers.Binary;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Bytes on their way to the server, in its binary form. Grows; for one thread.</summary>
internal sealed class CopyBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Space for some bytes, which then count as written.</summary>
    public Span<byte> Take(int bytes)
    {
        var space = GetSpan(bytes)[..bytes];
        Length += bytes;
        return space;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Begins a value whose length is known only behind it.</summary>
    /// <returns>Where its length goes.</returns>
    public int BeginValue()
    {
        Int32(0);
        return Length;
    }

    public void EndValue(int start) =>
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start - 4, 4), Length - start);

    /// <summary>Gives back what was taken behind a place.</summary>
    public void Trim(int length) => Length = length;

    private void MakeRoom(int bytes)
    {
        bytes = Math.Max(1, bytes);
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }
    }
}
