using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Results;

/// <summary>
/// Up to <see cref="Database.DuckDbDatabase.VectorSize"/> rows, column by column, in the engine's memory. For one thread at a time.
/// Views of its vectors are valid until it is disposed.
/// </summary>
public sealed unsafe class DuckDbChunk : IDisposable
{
    internal DuckDbChunk(ChunkHandle handle) => Handle = handle;

    internal ChunkHandle Handle { get; }

    public int RowCount
    {
        get => checked((int)NativeMethods.duckdb_data_chunk_get_size(Handle));
        set => NativeMethods.duckdb_data_chunk_set_size(Handle, (ulong)value);
    }

    public int ColumnCount => checked((int)NativeMethods.duckdb_data_chunk_get_column_count(Handle));

    /// <summary>An empty chunk to fill and append.</summary>
    public static DuckDbChunk Create(IReadOnlyList<DuckDbType> types)
    {
        using var handles = new HandleArray(types.Select(type => type.ToHandle()));
        fixed (nint* pointers = handles.Pointers)
        {
            return new DuckDbChunk(NativeMethods.duckdb_create_data_chunk(pointers, (ulong)types.Count));
        }
    }

    /// <summary>The values of one column, for reading.</summary>
    public VectorView Vector(int column) => new(Pointer(column), RowCount);

    /// <summary>The values of one column, for writing, before <see cref="RowCount"/> is set.</summary>
    public VectorWriter Writer(int column) => new(Pointer(column));

    /// <summary>Empties a chunk made by <see cref="Create"/>, so that it can be filled again.</summary>
    public void Reset() => NativeMethods.duckdb_data_chunk_reset(Handle);

    public void Dispose() => Handle.Dispose();

    private nint Pointer(int column)
    {
        ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
        return NativeMethods.duckdb_data_chunk_get_vector(Handle, (ulong)column);
    }
}
