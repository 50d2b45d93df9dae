using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Results;

/// <summary>The rows of a statement, as chunks. For the thread that has its connection; dispose it before the next statement.</summary>
public sealed unsafe class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly ResultHandle _handle;
    private readonly string _sql;

    internal DuckDbResult(DuckDbConnection connection, ResultHandle handle, string sql)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
        var columns = new DuckDbField[NativeMethods.duckdb_column_count(handle.Pointer)];
        for (var index = 0; index < columns.Length; index++)
        {
            using var type = NativeMethods.duckdb_column_logical_type(handle.Pointer, (ulong)index);
            columns[index] = new DuckDbField(
                NativeText.Borrow(NativeMethods.duckdb_column_name(handle.Pointer, (ulong)index)),
                DuckDbType.Describe(type)
            );
        }

        Columns = columns;
    }

    /// <summary>Name and type of each column.</summary>
    public IReadOnlyList<DuckDbField> Columns { get; }

    /// <summary>Rows inserted, updated or deleted; 0 for other statements. Only of a result that was not streamed.</summary>
    public long RowsChanged => checked((long)NativeMethods.duckdb_rows_changed(_handle.Pointer));

    /// <summary>True if the statement gives rows, false if it counts changed rows or does something else.</summary>
    public bool HasRows => NativeMethods.duckdb_result_return_type(*_handle.Pointer) == 3;

    /// <summary>The next rows, or null at the end. The caller disposes the chunk; its memory is gone after that.</summary>
    /// <exception cref="DuckDbException">The engine failed while computing them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled and the engine interrupted.</exception>
    public DuckDbChunk? Fetch(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var watch = DuckDbStatement.Watch(_connection, cancellationToken);
        var chunk = NativeMethods.duckdb_fetch_chunk(*_handle.Pointer);
        if (chunk != 0)
        {
            return new DuckDbChunk(new ChunkHandle(chunk));
        }

        return NativeMethods.duckdb_result_error(_handle.Pointer) == 0
            ? null
            : throw Failure(_handle, _sql, cancellationToken);
    }

    public void Dispose() => _handle.Dispose();

    internal static Exception Failure(ResultHandle handle, string sql, CancellationToken cancellationToken)
    {
        var kind = (DuckDbErrorKind)NativeMethods.duckdb_result_error_type(handle.Pointer);
        var error = EngineError.From(NativeText.Borrow(NativeMethods.duckdb_result_error(handle.Pointer)), sql, kind);
        return error.Kind == DuckDbErrorKind.Interrupt && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The engine was interrupted.", error, cancellationToken)
            : error;
    }
}
