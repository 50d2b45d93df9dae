using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headwater.DuckDb.Results;

/// <summary>Text or bytes in a vector (<c>duckdb_string_t</c>): up to 12 bytes stand in the value itself, more behind a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct DuckDbString
{
    /// <summary>Most bytes that stand in the value itself.</summary>
    internal const int InlineLength = 12;

    [FieldOffset(0)]
    private readonly int _length;

    [FieldOffset(4)]
    private readonly byte _inline;

    [FieldOffset(8)]
    private readonly byte* _pointer;

    /// <summary>Length in bytes.</summary>
    public int Length => _length;

    /// <summary>The bytes of a value that stands in a vector: valid while the vector is.</summary>
    public static ReadOnlySpan<byte> Bytes(ref readonly DuckDbString value) => new(Pointer(in value), value._length);

    /// <summary>A value of at most <see cref="InlineLength"/> bytes; the bytes after it are zero, as the engine's comparisons want.</summary>
    internal static DuckDbString Inline(ReadOnlySpan<byte> bytes)
    {
        DuckDbString value = default;
        var raw = MemoryMarshal.AsBytes(new Span<DuckDbString>(ref value));
        MemoryMarshal.Write(raw, bytes.Length);
        bytes.CopyTo(raw[sizeof(int)..]);
        return value;
    }

    // The value must stand in the engine's memory, which does not move.
    internal static byte* Pointer(ref readonly DuckDbString value) =>
        value._length <= InlineLength ? (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in value._inline)) : value._pointer;
}
