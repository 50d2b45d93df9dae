using System.Buffers.Binary;

namespace Headwater.DuckDb.Types;

/// <summary>UUIDs as the engine stores them: a signed 128-bit number with the top bit flipped, so that numbers sort as text does.</summary>
public static class DuckDbUuid
{
    private static readonly UInt128 TopBit = UInt128.One << 127;

    /// <summary>From the stored number.</summary>
    public static Guid FromStored(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ TopBit);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>To the stored number.</summary>
    public static UInt128 ToStored(Guid value) => ToNumber(value) ^ TopBit;

    /// <summary>The UUID as a plain number, as the value functions of the C API take it.</summary>
    public static UInt128 ToNumber(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
