using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headwater.DuckDb.Results;

/// <summary>Text or bytes in a vector (<c>duckdb_string_t</c>): up to 12 bytes stand in the value itself, more behind a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct DuckDbString
{
    private const int InlineLength = 12;

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

    // The value must stand in the engine's memory, which does not move.
    internal static byte* Pointer(ref readonly DuckDbString value) =>
        value._length <= InlineLength ? (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in value._inline)) : value._pointer;
}
