using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;

namespace Headwater.DuckDb.Database;

/// <summary>
/// One instance of the engine. Safe for several threads; each of its connections is for one thread at a time.
/// A file is open once in a process: the engine does not refuse a second instance on it, and loses data.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    // Errors then name their class and the place in the statement (see EngineError).
    private static readonly KeyValuePair<string, string> ErrorsAsJson = new("errors_as_json", "true");

    private readonly DatabaseHandle _handle;
    private readonly OpenFile? _file;

    private DuckDbDatabase(DatabaseHandle handle, OpenFile? file)
    {
        _handle = handle;
        _file = file;
    }

    /// <summary>The engine's version, such as <c>v1.5.6</c>.</summary>
    public static string EngineVersion => NativeText.Borrow(NativeMethods.duckdb_library_version());

    /// <summary>Rows in a full chunk.</summary>
    public static int VectorSize { get; } = checked((int)NativeMethods.duckdb_vector_size());

    /// <summary>Opens a database file, created if absent, or a database in memory if <paramref name="path"/> is null. A process that is
    /// killed meanwhile leaves a whole file or none.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="settings">Settings of the instance, by the engine's names and in its text form.</param>
    /// <exception cref="DuckDbException">
    /// <see cref="DuckDbErrorKind.AlreadyOpen"/>, <see cref="DuckDbErrorKind.LockedByProcess"/>, or what the engine says of the file or a setting.
    /// </exception>
    public static DuckDbDatabase Open(string? path, IReadOnlyDictionary<string, string> settings)
    {
        var file = path is null ? null : OpenFile.Claim(path);
        try
        {
            if (file is not null)
            {
                NewFile.Ensure(file.Path, making => OpenHandle(making, settings).Dispose());
            }

            return new DuckDbDatabase(OpenHandle(path, settings), file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>A new session, with transactions, temporary tables and settings of its own. Cost: 4 µs.</summary>
    public DuckDbConnection Connect()
    {
        var state = NativeMethods.duckdb_connect(_handle, out var connection);
        return state == NativeState.Success
            ? new DuckDbConnection(connection, _file?.Share())
            : throw new DuckDbException(DuckDbErrorKind.Connection, "The engine gave no connection.");
    }

    /// <summary>Closes the instance once its connections are disposed; the file is free for others after that.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Dispose();
            _file?.Dispose();
        }
    }

    private static DatabaseHandle OpenHandle(string? path, IReadOnlyDictionary<string, string> settings)
    {
        NativeMethods.duckdb_create_config(out var config);
        using (config)
        {
            foreach (var (name, value) in settings.Prepend(ErrorsAsJson))
            {
                if (NativeMethods.duckdb_set_config(config, name, value) != NativeState.Success)
                {
                    throw new DuckDbException(
                        DuckDbErrorKind.InvalidConfiguration,
                        $"The engine does not take '{value}' for its setting '{name}'."
                    );
                }
            }

            var state = NativeMethods.duckdb_open_ext(path, out var handle, config, out var error);
            if (state == NativeState.Success)
            {
                return handle;
            }

            handle.Dispose();
            throw EngineError.FromOpening(NativeText.Take(error));
        }
    }
}
