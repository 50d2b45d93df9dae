using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Results;

namespace Headwater.DuckDb.Statements;

/// <summary>A prepared statement. For the thread that has its connection; may be executed again with other values.</summary>
public sealed unsafe class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly StatementHandle _handle;
    private readonly string _sql;

    internal DuckDbStatement(DuckDbConnection connection, StatementHandle handle, string sql)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
    }

    public int ParameterCount => checked((int)NativeMethods.duckdb_nparams(_handle));

    public DuckDbStatementKind Kind => (DuckDbStatementKind)NativeMethods.duckdb_prepared_statement_type(_handle);

    /// <summary>Binds the parameter <c>$index</c>, counted from 1. The value may be disposed afterwards.</summary>
    public void Bind(int index, DuckDbValue value)
    {
        if (NativeMethods.duckdb_bind_value(_handle, (ulong)index, value.Handle) != NativeState.Success)
        {
            throw EngineError.From(
                NativeText.Borrow(NativeMethods.duckdb_prepare_error(_handle)),
                _sql,
                DuckDbErrorKind.InvalidInput
            );
        }
    }

    public void ClearBindings() => NativeMethods.duckdb_clear_bindings(_handle);

    /// <summary>Runs the statement to its end; rows, if any, are held in the engine's memory.</summary>
    /// <exception cref="DuckDbException">The engine refused or failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled and the engine interrupted.</exception>
    public DuckDbResult Execute(CancellationToken cancellationToken) => Run(streaming: false, cancellationToken);

    /// <summary>Runs the statement as far as its first rows; the rest is computed while chunks are fetched.</summary>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public DuckDbResult ExecuteStreaming(CancellationToken cancellationToken) =>
        Run(streaming: true, cancellationToken);

    public void Dispose() => _handle.Dispose();

    private DuckDbResult Run(bool streaming, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingHandle pending;
        var state = streaming
            ? NativeMethods.duckdb_pending_prepared_streaming(_handle, out pending)
            : NativeMethods.duckdb_pending_prepared(_handle, out pending);
        using (pending)
        {
            if (state != NativeState.Success)
            {
                throw EngineError.From(NativeText.Borrow(NativeMethods.duckdb_pending_error(pending)), _sql);
            }

            // The engine forgets interrupts when a statement becomes pending, so it is watched only from here on;
            // a token cancelled before this line interrupts at once.
            using var watch = Watch(_connection, cancellationToken);
            var result = new ResultHandle();
            try
            {
                if (NativeMethods.duckdb_execute_pending(pending, result.Pointer) != NativeState.Success)
                {
                    throw DuckDbResult.Failure(result, _sql, cancellationToken);
                }

                return new DuckDbResult(_connection, result, _sql);
            }
            catch
            {
                result.Dispose();
                throw;
            }
        }
    }

    // Disposing the registration waits for a callback that runs, so no interrupt reaches a later statement.
    internal static CancellationTokenRegistration Watch(
        DuckDbConnection connection,
        CancellationToken cancellationToken
    ) => cancellationToken.UnsafeRegister(static state => ((DuckDbConnection)state!).Interrupt(), connection);
}
