using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Engines;

/// <summary>
/// A warehouse that is opened when somebody first asks it something: most templates are compiled without. What it would throw when it is opened it then throws
/// at that question.
/// </summary>
public static class DeferredWarehouse
{
    /// <summary>The warehouse. Closing it closes what was opened.</summary>
    /// <param name="dialect">The dialect of the warehouse that will be opened.</param>
    /// <param name="catalog">What its engine will call the database.</param>
    /// <param name="open">Opens it; called once at most.</param>
    public static WarehouseHost Of(SqlDialect dialect, string catalog, Func<WarehouseHost> open) =>
        new(new Unopened(dialect, catalog, new Lazy<WarehouseHost>(open)));

    private sealed class Unopened(SqlDialect dialect, string catalog, Lazy<WarehouseHost> host) : IWarehouse
    {
        public SqlDialect Dialect => dialect;

        public string Catalog => catalog;

        public string SpoolFolder => Opened.SpoolFolder;

        public IWarehouse FileEngine => Opened.FileEngine;

        public VersionSnapshot Versions => Opened.Versions;

        private IWarehouse Opened => host.Value.Warehouse;

        public string SqlType(ColumnType type) => Opened.SqlType(type);

        public ValueTask RefreshVersionsAsync(CancellationToken cancellationToken) =>
            Opened.RefreshVersionsAsync(cancellationToken);

        public ValueTask<IWarehouseConnection> ConnectAsync(CancellationToken cancellationToken) =>
            host.IsValueCreated
                ? Opened.ConnectAsync(cancellationToken)
                : ValueTask.FromResult<IWarehouseConnection>(new Unconnected(this));

        public ValueTask<IWarehouseConnection> ConnectNowAsync(CancellationToken cancellationToken) =>
            Opened.ConnectAsync(cancellationToken);

        public ValueTask ExportParquetAsync(
            IReadOnlyList<ResultColumn> columns,
            IAsyncEnumerable<Batch> batches,
            Stream output,
            CancellationToken cancellationToken
        ) => Opened.ExportParquetAsync(columns, batches, output, cancellationToken);

        public ValueTask DisposeAsync() => host.IsValueCreated ? host.Value.DisposeAsync() : ValueTask.CompletedTask;
    }

    private sealed class Unconnected(Unopened warehouse) : IWarehouseConnection
    {
        private IWarehouseConnection? _connection;

        public async ValueTask<long> ExecuteAsync(SqlCommand command, CancellationToken cancellationToken) =>
            await (await ConnectedAsync(cancellationToken)).ExecuteAsync(command, cancellationToken);

        public async ValueTask<IResultReader> ReadAsync(SqlCommand command, CancellationToken cancellationToken) =>
            await (await ConnectedAsync(cancellationToken)).ReadAsync(command, cancellationToken);

        public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
            await (await ConnectedAsync(cancellationToken)).BeginAsync(cancellationToken);

        public async ValueTask CommitAsync(CancellationToken cancellationToken) =>
            await (await ConnectedAsync(cancellationToken)).CommitAsync(cancellationToken);

        public async ValueTask RollbackAsync(CancellationToken cancellationToken) =>
            await (await ConnectedAsync(cancellationToken)).RollbackAsync(cancellationToken);

        public async ValueTask<long> AppendAsync(
            RelationName table,
            IAsyncEnumerable<Batch> batches,
            CancellationToken cancellationToken
        ) => await (await ConnectedAsync(cancellationToken)).AppendAsync(table, batches, cancellationToken);

        public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async ValueTask<IWarehouseConnection> ConnectedAsync(CancellationToken cancellationToken) =>
            _connection ??= await warehouse.ConnectNowAsync(cancellationToken);
    }
}
