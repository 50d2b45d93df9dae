using Headwater.Kernel.Diagnostics;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// A warehouse in a PostgreSQL database. Connections are pooled. What has to do with files is done by a DuckDB instance in memory beside it,
/// opened at the first need.
/// </summary>
internal sealed class PostgresWarehouse : IWarehouse
{
    private readonly NpgsqlDataSource _sessions;
    private readonly PostgresTypeCatalog _types;
    private readonly Lazy<DuckDbWarehouse> _files;
    private readonly VersionWatch _watch;
    private VersionSnapshot _versions = VersionSnapshot.Empty;

    private PostgresWarehouse(NpgsqlDataSource sessions, PostgresWarehouseOptions options)
    {
        _sessions = sessions;
        _types = new PostgresTypeCatalog(sessions);
        _files = new Lazy<DuckDbWarehouse>(() =>
            DuckDbWarehouse.Open(
                new DuckDbWarehouseOptions
                {
                    Home = options.Home,
                    MemoryLimit = options.MemoryLimit,
                    Threads = options.Threads,
                }
            )
        );
        Catalog = options.Database;
        _watch = new VersionWatch(RefreshVersionsAsync, options.VersionInterval, TimeProvider.System);
    }

    public SqlDialect Dialect => PostgresDialect.Instance;

    public string Catalog { get; }

    public string SpoolFolder => "";

    public IWarehouse FileEngine => _files.Value;

    public VersionSnapshot Versions => Volatile.Read(ref _versions);

    /// <exception cref="DiagnosticException">HW6001 a setting is not accepted; HW6005 to HW6008 the server does not let us in.</exception>
    public static async ValueTask<PostgresWarehouse> OpenAsync(
        PostgresWarehouseOptions options,
        CancellationToken cancellationToken
    )
    {
        options.Validate();
        var sessions = PostgresSessions.Open(options);
        try
        {
            // The first session says whether the others will be let in.
            await using var connection = await sessions.OpenConnectionAsync(cancellationToken);
            return new PostgresWarehouse(sessions, options);
        }
        catch (NpgsqlException error)
        {
            await sessions.DisposeAsync();
            throw PostgresOpening.Failed(options, error);
        }
        catch
        {
            await sessions.DisposeAsync();
            throw;
        }
    }

    public string SqlType(ColumnType type) => PostgresTypes.ToSql(type);

    public async ValueTask<IWarehouseConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _sessions.OpenConnectionAsync(cancellationToken);
            return new PostgresWarehouseConnection(connection, _sessions, _types);
        }
        catch (NpgsqlException error)
        {
            throw error.ToWarehouse();
        }
    }

    public ValueTask ExportParquetAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    ) => _files.Value.ExportParquetAsync(columns, batches, output, cancellationToken);

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

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _sessions.DisposeAsync();
        if (_files.IsValueCreated)
        {
            await _files.Value.DisposeAsync();
        }
    }
}
