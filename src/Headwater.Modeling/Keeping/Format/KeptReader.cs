using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Headwater.Modeling.Keeping.Format;

/// <summary>Reads what <see cref="KeptWriter"/> wrote. Bytes that it cannot have written are told by <see cref="InvalidDataException"/>. For one thread.</summary>
internal sealed class KeptReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string?[] _texts;
    private readonly (int Start, int Length)[] _places;
    private int _position;

    public KeptReader(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        var count = Count();
        _texts = new string?[count];
        _places = new (int, int)[count];
        for (var index = 0; index < count; index++)
        {
            _places[index].Length = Length();
        }

        for (var index = 0; index < count; index++)
        {
            _places[index].Start = _position;
            Skip(_places[index].Length);
        }
    }

    public bool IsAtEnd => _position == _bytes.Length;

    public bool ReadFlag() =>
        ReadNumber() switch
        {
            0 => false,
            1 => true,
            _ => throw Damaged(),
        };

    public long ReadNumber()
    {
        var bytes = _bytes.Span;
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position >= bytes.Length)
            {
                throw Damaged();
            }

            var next = bytes[_position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Damaged();
    }

    public int ReadInteger() =>
        ReadNumber() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Damaged();

    public double ReadReal()
    {
        var start = _position;
        Skip(8);
        return BinaryPrimitives.ReadDoubleLittleEndian(_bytes.Span[start..]);
    }

    public string? ReadOptionalText()
    {
        var place = ReadNumber();
        if (place == 0)
        {
            return null;
        }

        if (place < 0 || place > _texts.Length)
        {
            throw Damaged();
        }

        return _texts[place - 1] ??= Decode(_places[place - 1]);
    }

    public string ReadText() => ReadOptionalText() ?? throw Damaged();

    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = Length();
        var start = _position;
        Skip(length);
        return _bytes.Slice(start, length);
    }

    public T[] ReadList<T>(Func<KeptReader, T> read)
    {
        var items = new T[Count()];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = read(this);
        }

        return items;
    }

    public string[] ReadTexts() => ReadList(static reader => reader.ReadText());

    public T? ReadOptional<T>(Func<KeptReader, T> read)
        where T : class => ReadFlag() ? read(this) : null;

    /// <summary>A member of an enumeration whose members count from 0.</summary>
    public T ReadKind<T>()
        where T : struct, Enum
    {
        var value = ReadInteger();
        return value >= 0 && value < Members<T>.Count ? Unsafe.As<int, T>(ref value) : throw Damaged();
    }

    public static InvalidDataException Damaged() => new("not a kept parse");

    // Each item takes a byte at least: a number that promises more than there is fills no memory.
    private int Count() => Length();

    private int Length() =>
        ReadNumber() is >= 0 and var length && length <= _bytes.Length - _position ? (int)length : throw Damaged();

    private void Skip(int length)
    {
        if (length > _bytes.Length - _position)
        {
            throw Damaged();
        }

        _position += length;
    }

    private static class Members<T>
        where T : struct, Enum
    {
        public static readonly int Count = Enum.GetValues<T>().Length;
    }

    private string Decode((int Start, int Length) place) =>
        Encoding.UTF8.GetString(_bytes.Span.Slice(place.Start, place.Length));
}
