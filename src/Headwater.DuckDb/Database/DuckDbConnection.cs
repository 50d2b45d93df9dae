using Headwater.DuckDb.Appending;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Statements;

namespace Headwater.DuckDb.Database;

/// <summary>
/// One session. For one thread at a time, and for one open result at a time: the engine closes a streamed result when the next
/// statement starts. Only <see cref="Interrupt"/> may be called from another thread.
/// </summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;

    private readonly OpenFile? _file;

    internal DuckDbConnection(ConnectionHandle handle, OpenFile? file)
    {
        _handle = handle;
        _file = file;
    }

    /// <summary>Prepares one statement with parameters <c>$1</c>, <c>$2</c> …</summary>
    /// <exception cref="DuckDbException">The text is wrong, or holds no statement or more than one.</exception>
    public DuckDbStatement Prepare(string sql)
    {
        RefuseNul(sql);
        var state = NativeMethods.duckdb_prepare(_handle, sql, out var statement);
        return Checked(state, statement, sql);
    }

    /// <summary>
    /// The statements of a script, each prepared when it is reached, so that it may use what the ones before made. Run each before moving on.
    /// </summary>
    /// <exception cref="DuckDbException">The text cannot be parsed (at once), or a statement cannot be bound (when reached).</exception>
    public IEnumerable<DuckDbStatement> PrepareScript(string sql)
    {
        RefuseNul(sql);
        var count = NativeMethods.duckdb_extract_statements(_handle, sql, out var extracted);
        using (extracted)
        {
            if (count == 0)
            {
                var text = NativeText.Borrow(NativeMethods.duckdb_extract_statements_error(extracted));
                if (text.Length > 0)
                {
                    throw EngineError.From(text, sql, DuckDbErrorKind.Parser);
                }
            }

            for (ulong index = 0; index < count; index++)
            {
                var state = NativeMethods.duckdb_prepare_extracted_statement(
                    _handle,
                    extracted,
                    index,
                    out var statement
                );
                using var prepared = Checked(state, statement, sql);
                yield return prepared;
            }
        }
    }

    /// <summary>Runs a script and drops its rows.</summary>
    public void Execute(string sql)
    {
        foreach (var statement in PrepareScript(sql))
        {
            using var result = statement.Execute(CancellationToken.None);
        }
    }

    /// <summary>Opens an appender on a table. Its rows belong to the running transaction.</summary>
    public DuckDbAppender Append(string? catalog, string? schema, string table)
    {
        var state = NativeMethods.duckdb_appender_create_ext(_handle, catalog, schema, table, out var appender);
        return DuckDbAppender.Create(state, appender);
    }

    /// <summary>Stops the running statement, which then fails with <see cref="DuckDbErrorKind.Interrupt"/>. Safe from any thread.</summary>
    public void Interrupt() => NativeMethods.duckdb_interrupt(_handle);

    /// <summary>Ends the session; what was not committed is rolled back.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Dispose();
            _file?.Dispose();
        }
    }

    private DuckDbStatement Checked(NativeState state, StatementHandle statement, string sql)
    {
        if (state == NativeState.Success)
        {
            return new DuckDbStatement(this, statement, sql);
        }

        using (statement)
        {
            var text = NativeText.Borrow(NativeMethods.duckdb_prepare_error(statement));
            throw EngineError.From(text, sql, DuckDbErrorKind.Parser);
        }
    }

    // C strings end at NUL: the engine would run less than what the caller checked.
    private static void RefuseNul(string sql)
    {
        var place = sql.IndexOf('\0', StringComparison.Ordinal);
        if (place >= 0)
        {
            throw new DuckDbException(DuckDbErrorKind.Parser, "The statement holds a NUL character.", place);
        }
    }
}
