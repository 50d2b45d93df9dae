using System.Globalization;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.DuckDb;

/// <summary>
/// A warehouse in a DuckDB file or in memory. The instance is locked before anything runs in it: no external access but the spool
/// folder, no extensions, no change of settings; instants are shown in UTC. Connections cost 4 µs, so none are pooled.
/// </summary>
internal sealed class DuckDbWarehouse : IWarehouse
{
    private readonly DuckDbDatabase _database;
    private readonly EngineFolders _folders;
    private VersionSnapshot _versions = VersionSnapshot.Empty;

    private DuckDbWarehouse(DuckDbDatabase database, EngineFolders folders, string catalog)
    {
        _database = database;
        _folders = folders;
        Catalog = catalog;
    }

    public SqlDialect Dialect => DuckDbDialect.Instance;

    public string Catalog { get; }

    public string SpoolFolder => _folders.Spool;

    public IWarehouse FileEngine => this;

    public VersionSnapshot Versions => Volatile.Read(ref _versions);

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6001 to HW6004; HW6009.</exception>
    public static DuckDbWarehouse Open(DuckDbWarehouseOptions options)
    {
        options.Validate();
        EngineFolders? folders = null;
        DuckDbDatabase? database = null;
        try
        {
            folders = EngineFolders.Create(options.Home);
            if (Path.GetDirectoryName(Path.GetFullPath(options.Path ?? options.Home)) is { } parent)
            {
                Directory.CreateDirectory(parent);
            }

            database = DuckDbDatabase.Open(options.Path, Settings(options));
            using var connection = database.Connect();
            connection.Execute(LockDown(options, folders));
            return new DuckDbWarehouse(database, folders, CatalogOf(connection));
        }
        catch (Exception error) when (error is DuckDbException or IOException or UnauthorizedAccessException)
        {
            database?.Dispose();
            folders?.Dispose();
            throw OpeningFailed(options, error);
        }
    }

    public string SqlType(ColumnType type) => DuckDbTypes.ToSql(type);

    public ValueTask<IWarehouseConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IWarehouseConnection>(new DuckDbWarehouseConnection(_database.Connect()));
    }

    public ValueTask ExportParquetAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    ) => new ParquetExport(_database, SpoolFolder).WriteAsync(columns, batches, output, cancellationToken);

    public async ValueTask RefreshVersionsAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        await using (connection)
        {
            var read = await PublishedVersions.ReadAllAsync(connection, cancellationToken);

            // Of two writers that finish together, the one that read last may swap first: versions never go back.
            VersionSnapshot seen;
            do
            {
                seen = Versions;
            } while (Interlocked.CompareExchange(ref _versions, seen.Join(read), seen) != seen);
        }
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _folders.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, string> Settings(DuckDbWarehouseOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["allow_community_extensions"] = "false",
            ["allow_unsigned_extensions"] = "false",
            ["allow_persistent_secrets"] = "false",
        };
        if (options.MemoryLimit is { } memory)
        {
            settings["memory_limit"] = memory.Trim();
        }

        if (options.Threads is { } threads)
        {
            settings["threads"] = threads.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    // The order matters: folders can be set only while external access is on, and nothing after the lock.
    private static string LockDown(DuckDbWarehouseOptions options, EngineFolders folders)
    {
        var dialect = DuckDbDialect.Instance;
        var limit = options.TempLimit is { } size
            ? $"SET GLOBAL max_temp_directory_size = {dialect.Literal(size.Trim())};"
            : "";
        return $"""
            SET GLOBAL TimeZone = 'UTC';
            SET GLOBAL temp_directory = {dialect.Literal(folders.Temp)};
            {limit}
            SET GLOBAL allowed_directories = [{dialect.Literal(folders.Spool)}];
            SET GLOBAL enable_external_access = false;
            SET GLOBAL lock_configuration = true;
            """;
    }

    private static string CatalogOf(DuckDbConnection connection)
    {
        using var statement = connection.Prepare("SELECT current_database()");
        using var result = statement.Execute(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        var offsets = new int[2];
        return System.Text.Encoding.UTF8.GetString(chunk.Vector(0).CopyBytes(offsets));
    }

    private static Kernel.Diagnostics.DiagnosticException OpeningFailed(
        DuckDbWarehouseOptions options,
        Exception error
    ) =>
        (error as DuckDbException)?.Kind switch
        {
            DuckDbErrorKind.LockedByProcess => WarehouseDiagnostics.OpenElsewhere.With(options.Path).ToException(error),
            DuckDbErrorKind.AlreadyOpen => WarehouseDiagnostics.OpenTwice.With(options.Path).ToException(error),
            _ when NoSpace.Caused(error) => WarehouseDiagnostics
                .DiskFull.With(options.Path ?? "in memory", error.Message)
                .ToException(error),
            _ => WarehouseDiagnostics.CannotOpen.With(options.Path ?? "in memory", error.Message).ToException(error),
        };
}
