using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Compat.Running;

/// <summary>
/// A warehouse whose clock stands at the time of dbt's own run: templates ask the database for today, to count the days up to it, and dbt's
/// compiled code holds the answer of that day. Every statement is rewritten before it runs; compiled code is not.
/// </summary>
internal sealed class ClockedWarehouse(IWarehouse inner, DateTimeOffset now) : IWarehouse
{
    private readonly SqlClock _clock = new(now);

    public SqlDialect Dialect => inner.Dialect;

    public string Catalog => inner.Catalog;

    public string SpoolFolder => inner.SpoolFolder;

    public IWarehouse FileEngine => inner.FileEngine;

    public VersionSnapshot Versions => inner.Versions;

    public string SqlType(ColumnType type) => inner.SqlType(type);

    public ValueTask RefreshVersionsAsync(CancellationToken cancellationToken) =>
        inner.RefreshVersionsAsync(cancellationToken);

    public async ValueTask<IWarehouseConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ClockedConnection(await inner.ConnectAsync(cancellationToken), _clock);

    public ValueTask ExportParquetAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    ) => inner.ExportParquetAsync(columns, batches, output, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class ClockedConnection(IWarehouseConnection inner, SqlClock clock) : IWarehouseConnection
    {
        public ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken) =>
            inner.ExecuteAsync(clock.Rewrite(command), cancellationToken);

        public ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken) =>
            inner.ReadAsync(clock.Rewrite(command), cancellationToken);

        public ValueTask BeginAsync(CancellationToken cancellationToken) => inner.BeginAsync(cancellationToken);

        public ValueTask CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        public ValueTask RollbackAsync(CancellationToken cancellationToken) => inner.RollbackAsync(cancellationToken);

        public ValueTask<long> AppendAsync(
            RelationName table,
            IAsyncEnumerable<Batch> batches,
            CancellationToken cancellationToken
        ) => inner.AppendAsync(table, batches, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
