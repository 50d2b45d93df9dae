using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Headwater.DuckDb.Interop;

namespace Headwater.DuckDb.Results;

/// <summary>
/// The values of one column of a chunk, read in place without copying or boxing. Valid while its chunk is; for the chunk's thread.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly unsafe ref struct VectorView
{
    private readonly nint _vector;

    internal VectorView(nint vector, int length)
    {
        _vector = vector;
        Length = length;
    }

    public int Length { get; }

    /// <summary>One bit a row, least significant first, set where there is a value; empty if there is no null.</summary>
    public ReadOnlySpan<ulong> Validity
    {
        get
        {
            var bits = NativeMethods.duckdb_vector_get_validity(_vector);
            return bits is null ? [] : new ReadOnlySpan<ulong>(bits, (Length + 63) >> 6);
        }
    }

    /// <summary>The values as the engine stores them (<c>duckdb.h</c>): unspecified where there is a null.</summary>
    /// <typeparam name="T">A type of the size of the stored values.</typeparam>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => new(NativeMethods.duckdb_vector_get_data(_vector), Length);

    /// <summary>A member of a struct: a vector of the same length.</summary>
    public VectorView Member(int index) =>
        new(NativeMethods.duckdb_struct_vector_get_child(_vector, (ulong)index), Length);

    /// <summary>The elements of all lists (or entries of all maps), to which <see cref="ListEntry"/> values point.</summary>
    public VectorView Elements() =>
        new(
            NativeMethods.duckdb_list_vector_get_child(_vector),
            checked((int)NativeMethods.duckdb_list_vector_get_size(_vector))
        );

    /// <summary>The elements of fixed-size arrays, <paramref name="arrayLength"/> a row.</summary>
    public VectorView ArrayElements(int arrayLength) =>
        new(NativeMethods.duckdb_array_vector_get_child(_vector), checked(Length * arrayLength));

    /// <summary>Copies all texts or blobs, one after the other.</summary>
    /// <param name="offsets">Receives <see cref="Length"/> + 1 offsets into the returned bytes; nulls are empty.</param>
    /// <exception cref="OverflowException">More than 2 GiB in one chunk.</exception>
    public byte[] CopyBytes(Span<int> offsets)
    {
        var strings = Values<DuckDbString>();
        var validity = Validity;
        var total = 0;
        for (var row = 0; row < strings.Length; row++)
        {
            offsets[row] = total;
            if (validity.IsEmpty || (validity[row >> 6] & (1UL << (row & 63))) != 0)
            {
                total = checked(total + strings[row].Length);
            }
        }

        offsets[strings.Length] = total;
        var bytes = GC.AllocateUninitializedArray<byte>(total);
        fixed (byte* target = bytes)
        {
            for (var row = 0; row < strings.Length; row++)
            {
                var length = offsets[row + 1] - offsets[row];
                if (length > 0)
                {
                    Unsafe.CopyBlockUnaligned(
                        target + offsets[row],
                        DuckDbString.Pointer(in strings[row]),
                        (uint)length
                    );
                }
            }
        }

        return bytes;
    }
}

/// <summary>Where the elements of one list are among <see cref="VectorView.Elements"/> (<c>duckdb_list_entry</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ListEntry(ulong Offset, ulong Length);
