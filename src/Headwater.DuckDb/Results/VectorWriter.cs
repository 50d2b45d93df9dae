using System.Text.Unicode;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
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

    /// <summary>Copies texts given as bytes and offsets, one more than rows.</summary>
    /// <exception cref="DuckDbException"><see cref="DuckDbErrorKind.InvalidInput"/>: a text is not well-formed UTF-8.</exception>
    // The engine's own check would turn such a text into a null.
    public void SetText(ReadOnlySpan<byte> utf8, ReadOnlySpan<int> offsets)
    {
        var used = utf8[offsets[0]..offsets[^1]];
        if (!Utf8.IsValid(used) || SplitsCharacter(utf8, offsets))
        {
            throw new DuckDbException(DuckDbErrorKind.InvalidInput, "A text to append is not well-formed UTF-8.");
        }

        SetBytes(utf8, offsets);
    }

    /// <summary>Copies blobs, or other values stored as bytes, given as bytes and offsets, one more than rows.</summary>
    public void SetBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets)
    {
        var values = Values<DuckDbString>(offsets.Length - 1);
        fixed (byte* source = bytes)
        {
            for (var row = 0; row < values.Length; row++)
            {
                var length = offsets[row + 1] - offsets[row];
                if (length <= DuckDbString.InlineLength)
                {
                    values[row] = DuckDbString.Inline(bytes.Slice(offsets[row], length));
                }
                else
                {
                    // The engine keeps longer values in memory of its own.
                    NativeMethods.duckdb_unsafe_vector_assign_string_element_len(
                        _vector,
                        (ulong)row,
                        source + offsets[row],
                        (ulong)length
                    );
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

    private static bool SplitsCharacter(ReadOnlySpan<byte> utf8, ReadOnlySpan<int> offsets)
    {
        const int continuationMask = 0xC0;
        const int continuation = 0x80;
        foreach (var offset in offsets)
        {
            if (offset < utf8.Length && (utf8[offset] & continuationMask) == continuation)
            {
                return true;
            }
        }

        return false;
    }
}
