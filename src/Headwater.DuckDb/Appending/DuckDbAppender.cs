using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Appending;

/// <summary>
/// Adds rows to a table, whole chunks or value by value. For the thread that has its connection. Rows are in the table after
/// <see cref="Complete"/>, in the running transaction; disposing without it drops what was not yet flushed.
/// </summary>
public sealed class DuckDbAppender : IDisposable
{
    private readonly AppenderHandle _handle;

    private DuckDbAppender(AppenderHandle handle)
    {
        _handle = handle;
        var columns = new DuckDbType[NativeMethods.duckdb_appender_column_count(handle)];
        for (var index = 0; index < columns.Length; index++)
        {
            using var type = NativeMethods.duckdb_appender_column_type(handle, (ulong)index);
            columns[index] = DuckDbType.Describe(type);
        }

        ColumnTypes = columns;
    }

    /// <summary>The types of the table's columns, in order.</summary>
    public IReadOnlyList<DuckDbType> ColumnTypes { get; }

    internal static DuckDbAppender Create(NativeState state, AppenderHandle handle)
    {
        if (state == NativeState.Success)
        {
            return new DuckDbAppender(handle);
        }

        using (handle)
        {
            throw Failure(handle);
        }
    }

    /// <summary>Appends all rows of a chunk whose columns have the table's types; other types are cast by the engine.</summary>
    /// <exception cref="DuckDbException">A cast failed or a constraint broke; what was appended before is not flushed.</exception>
    public void Append(DuckDbChunk chunk) => Check(NativeMethods.duckdb_append_data_chunk(_handle, chunk.Handle));

    /// <summary>Appends one value of the current row.</summary>
    public void Append(DuckDbValue value) => Check(NativeMethods.duckdb_append_value(_handle, value.Handle));

    /// <summary>Ends a row that was given value by value.</summary>
    public void EndRow() => Check(NativeMethods.duckdb_appender_end_row(_handle));

    /// <summary>Puts everything appended into the table.</summary>
    public void Flush() => Check(NativeMethods.duckdb_appender_flush(_handle));

    /// <summary>Flushes and ends: nothing can be appended after it.</summary>
    public void Complete() => Check(NativeMethods.duckdb_appender_close(_handle));

    public void Dispose() => _handle.Dispose();

    private void Check(NativeState state)
    {
        if (state != NativeState.Success)
        {
            throw Failure(_handle);
        }
    }

    private static DuckDbException Failure(AppenderHandle handle)
    {
        using var error = NativeMethods.duckdb_appender_error_data(handle);
        return EngineError.From(
            NativeText.Borrow(NativeMethods.duckdb_error_data_message(error)),
            sql: null,
            (DuckDbErrorKind)NativeMethods.duckdb_error_data_error_type(error)
        );
    }
}
