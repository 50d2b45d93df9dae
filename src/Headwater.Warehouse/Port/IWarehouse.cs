using Headwater.Sql.Dialects;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Port;

/// <summary>
/// The database that holds raw and published tables. Internal, so that the compiler keeps every module but Sources, Modeling and
/// Query away from user data. Safe for several threads; each connection is for one caller at a time.
/// </summary>
internal interface IWarehouse : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    /// <summary>What the engine calls the current database, for three-part names.</summary>
    string Catalog { get; }

    /// <summary>The only folder outside the database that the engine may read and write; empty where the engine has none.</summary>
    string SpoolFolder { get; }

    /// <summary>
    /// The engine that reads and writes files: this one where it can, else a DuckDB instance in memory beside it. What it reads comes here by
    /// <see cref="IWarehouseConnection.AppendAsync"/>.
    /// </summary>
    IWarehouse FileEngine { get; }

    /// <summary>The type of a column as this engine's SQL spells it, such that every value of it fits.</summary>
    string SqlType(ColumnType type);

    /// <summary>The versions of published relations as last refreshed. A lookup costs no query; the snapshot is swapped whole.</summary>
    VersionSnapshot Versions { get; }

    /// <summary>Reads the versions again: called by whoever committed a change of them. They never go back.</summary>
    ValueTask RefreshVersionsAsync(CancellationToken cancellationToken);

    /// <summary>A connection of its own: transactions and temporary tables are not shared. Pooled where that is cheap.</summary>
    ValueTask<IWarehouseConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a result as a Parquet file to a stream. Integers of 128 bits become decimals, bit strings and times with offset text; a name
    /// that stands twice gets a number.
    /// </summary>
    /// <exception cref="WarehouseException">The engine refused or failed.</exception>
    ValueTask ExportParquetAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    );
}

/// <summary>One session with the engine. For one caller at a time; disposing rolls back what was not committed.</summary>
internal interface IWarehouseConnection : IAsyncDisposable
{
    /// <summary>Runs one or more statements and drops their rows.</summary>
    /// <returns>Rows changed by the last statement, or 0 where the engine does not say.</returns>
    /// <exception cref="WarehouseException">The engine refused or failed.</exception>
    /// <exception cref="OperationCanceledException">The caller left; the engine was interrupted.</exception>
    ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken);

    /// <summary>Runs one statement and streams its rows: dispose the reader to stop the engine early.</summary>
    /// <exception cref="WarehouseException">The engine refused or failed.</exception>
    ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken);

    ValueTask BeginAsync(CancellationToken cancellationToken);

    ValueTask CommitAsync(CancellationToken cancellationToken);

    ValueTask RollbackAsync(CancellationToken cancellationToken);

    /// <summary>Appends batches whose columns match the table's, in order. The rows belong to the running transaction.</summary>
    /// <returns>Rows appended.</returns>
    ValueTask<long> AppendAsync(
        Kernel.Names.RelationName table,
        IAsyncEnumerable<Batch> batches,
        CancellationToken cancellationToken
    );
}

/// <summary>The rows of a running statement. Read once, by one caller, then disposed.</summary>
internal interface IResultReader : IAsyncDisposable
{
    IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>Batches as the engine gives them (2,048 rows with DuckDB). Throws as <see cref="IWarehouseConnection.ReadAsync"/>.</summary>
    IAsyncEnumerable<Batch> ReadBatchesAsync(CancellationToken cancellationToken);
}
