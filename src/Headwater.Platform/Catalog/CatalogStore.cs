using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;

namespace Headwater.Platform.Catalog;

/// <summary>
/// The catalog's tables behind one door: SQL that DuckDB and PostgreSQL both take, readers at will, one writer at a time. The file is an
/// engine instance of its own, which no user SQL ever reaches. Safe for several threads.
/// </summary>
internal sealed class CatalogStore : IAsyncDisposable
{
    private static readonly Dictionary<string, string> EngineSettings = new(StringComparer.Ordinal)
    {
        ["threads"] = "1",
        ["memory_limit"] = "512MB",
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
        ["enable_external_access"] = "false",
    };

    private readonly DuckDbDatabase _database;
    private readonly SemaphoreSlim _writing = new(1, 1);

    private CatalogStore(DuckDbDatabase database) => _database = database;

    /// <summary>Opens the catalog file, made if absent, and brings its tables up to date.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7001, HW7002, HW7003 or HW7005.</exception>
    public static async Task<CatalogStore> OpenAsync(
        string path,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var store = new CatalogStore(OpenFile(path));
        try
        {
            await store.WriteAsync(session => Migrations.Apply(session, time.GetUtcNow()), cancellationToken);
            return store;
        }
        catch (DuckDbException exception) when (FullDisk.Caused(exception))
        {
            await store.DisposeAsync();
            throw FullDisk.ToException(exception);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads, beside a writer: sees the state of the last commit.</summary>
    public Task<T> ReadAsync<T>(Func<CatalogSession, T> work, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                using var connection = _database.Connect();
                return work(new CatalogSession(connection, cancellationToken));
            },
            cancellationToken
        );

    /// <summary>Writes in a transaction, one writer after the other; an exception rolls it back.</summary>
    public async Task<T> WriteAsync<T>(Func<CatalogSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => InTransaction(work, cancellationToken), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task WriteAsync(Action<CatalogSession> work, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                work(session);
                return 0;
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        // Waits for a writer, so that the file is whole when the process goes.
        await _writing.WaitAsync(CancellationToken.None);
        _database.Dispose();
        _writing.Dispose();
    }

    private T InTransaction<T>(Func<CatalogSession, T> work, CancellationToken cancellationToken)
    {
        using var connection = _database.Connect();
        connection.Execute("begin transaction");
        var result = work(new CatalogSession(connection, cancellationToken));
        connection.Execute("commit");
        return result;
    }

    private static DuckDbDatabase OpenFile(string path)
    {
        try
        {
            return DuckDbDatabase.Open(path, EngineSettings);
        }
        catch (DuckDbException exception)
            when (exception.Kind is DuckDbErrorKind.LockedByProcess or DuckDbErrorKind.AlreadyOpen)
        {
            throw PlatformDiagnostics.CatalogInUse.With(path).ToException(exception);
        }
        catch (DuckDbException exception) when (FullDisk.Caused(exception))
        {
            throw FullDisk.ToException(exception);
        }
        catch (DuckDbException exception)
        {
            throw PlatformDiagnostics.CatalogUnreadable.With(path, exception.Message).ToException(exception);
        }
    }
}
