using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Where the files of a stream are read: in the warehouse itself, or in the engine beside it, from which the rows are then copied.</summary>
internal sealed class LoadingSession : IAsyncDisposable
{
    private readonly IWarehouseConnection? _beside;

    private LoadingSession(IFileLoader loader, IWarehouseConnection? beside)
    {
        Loader = loader;
        _beside = beside;
    }

    public IFileLoader Loader { get; }

    /// <param name="warehouse">Where the rows are kept.</param>
    /// <param name="connection">A connection with it.</param>
    /// <param name="tables">The stream's tables over that connection.</param>
    public static async ValueTask<LoadingSession> OpenAsync(
        IWarehouse warehouse,
        IWarehouseConnection connection,
        StreamTables tables,
        LandingLimits limits,
        SourceDefinition source,
        StreamDefinition stream,
        CancellationToken cancellationToken
    )
    {
        var engine = warehouse.FileEngine;
        var keeper = RawDialect.Of(warehouse.Dialect);
        var spool = new Spool(engine.SpoolFolder, limits);
        if (engine.Dialect == warehouse.Dialect)
        {
            return new LoadingSession(
                new FileLoader(connection, engine.Dialect, spool, tables, keeper, source, stream),
                null
            );
        }

        var beside = await engine.ConnectAsync(cancellationToken);
        var shadow = new StreamTables(beside, engine.Dialect, source, stream);
        var loader = new FileLoader(beside, engine.Dialect, spool, shadow, keeper, source, stream);
        var copy = new StreamCopy(beside, engine.Dialect, shadow, connection, keeper, tables, source, stream);
        return new LoadingSession(new CopyingLoader(loader, beside, shadow, tables, copy), beside);
    }

    public ValueTask DisposeAsync() => _beside?.DisposeAsync() ?? ValueTask.CompletedTask;
}
