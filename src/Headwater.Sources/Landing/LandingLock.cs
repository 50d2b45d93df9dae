using Headwater.Kernel.Names;
using Headwater.Sources.Landing.Tables;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing;

/// <summary>
/// Keeps other processes from landing a stream at the same time, where several may write to one warehouse: they wait. Ends with the process too.
/// </summary>
internal sealed class LandingLock : IAsyncDisposable
{
    private readonly IWarehouseConnection _connection;
    private readonly SqlCommand _release;

    private LandingLock(IWarehouseConnection connection, SqlCommand release)
    {
        _connection = connection;
        _release = release;
    }

    /// <returns>The lock; null where the warehouse belongs to one process.</returns>
    public static async ValueTask<LandingLock?> TakeAsync(
        IWarehouse warehouse,
        RelationName table,
        CancellationToken cancellationToken
    )
    {
        if (RawDialect.Of(warehouse.Dialect).Lock is not { } sql)
        {
            return null;
        }

        // On a connection of its own, which no failed transaction keeps from giving it back.
        var connection = await warehouse.ConnectAsync(cancellationToken);
        try
        {
            SqlParameter[] name = [new($"headwater landing {table}")];
            await connection.ExecuteAsync(new SqlCommand(sql.Take, name), cancellationToken);
            return new LandingLock(connection, new SqlCommand(sql.Release, name));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.ExecuteAsync(_release, CancellationToken.None);
        }
        catch (WarehouseException)
        {
            // The session is gone, and the lock with it.
        }

        await _connection.DisposeAsync();
    }
}
