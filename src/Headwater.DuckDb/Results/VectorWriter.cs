using Headwater.DuckDb.Database;
using Headwater.DuckDb.Interop;

namespace Headwater.DuckDb.Results;

/// <summary>Fills one column of a chunk that is to be appended. Valid while its chunk is; for the chunk's thread.</summary>
public readonly unsafe ref struct VectorWriter
{
    private readonly nint _vector;

    internal VectorWriter(nint vector) => _vector = vector;

    /// <summary>The places for <paramref name="count"/> values, as the engine stores them.</summary>
    public Span<T> Values<T>(int count)
        where T : unmanaged => new(NativeMethods.duckdb_vector_get_data(_vector), count);

    /// <summary>Makes rows null: one bit a row, cleared where there is a null. An empty span leaves all rows valid.</summary>
    public void SetValidity(ReadOnlySpan<ulong> validity)
    {
        if (!validity.IsEmpty)
        {
            NativeMethods.duckdb_vector_ensure_validity_writable(_vector);
            validity.CopyTo(new Span<ulong>(NativeMethods.duckdb_vector_get_validity(_vector), validity.Length));
        }
    }

    /// <summary>Copies texts given as bytes and offsets (one more than rows); rows whose validity bit is cleared are skipped.</summary>
    /// <param name="checkUtf8">False only for blobs and for text that came from an engine.</param>
    public void SetBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, bool checkUtf8)
    {
        fixed (byte* source = bytes)
        {
            for (var row = 0; row + 1 < offsets.Length; row++)
            {
                var start = source + offsets[row];
                var length = (ulong)(offsets[row + 1] - offsets[row]);
                if (checkUtf8)
                {
                    NativeMethods.duckdb_vector_assign_string_element_len(_vector, (ulong)row, start, length);
                }
                else
                {
                    NativeMethods.duckdb_unsafe_vector_assign_string_element_len(_vector, (ulong)row, start, length);
                }
            }
        }
    }

    /// <summary>A member of a struct.</summary>
    public VectorWriter Member(int index) => new(NativeMethods.duckdb_struct_vector_get_child(_vector, (ulong)index));

    /// <summary>Room for the elements of all lists of this column.</summary>
    public VectorWriter Elements(int count)
    {
        NativeMethods.duckdb_list_vector_reserve(_vector, (ulong)Math.Max(count, DuckDbDatabase.VectorSize));
        NativeMethods.duckdb_list_vector_set_size(_vector, (ulong)count);
        return new VectorWriter(NativeMethods.duckdb_list_vector_get_child(_vector));
    }
}
