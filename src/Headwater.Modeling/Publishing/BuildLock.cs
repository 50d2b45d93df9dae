using System.Runtime.CompilerServices;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// The right to build a target: one build at a time. DuckDB's file belongs to one process, so a lock of the process is enough; on
/// PostgreSQL it is an advisory lock of a session, which ends with the process that holds it.
/// </summary>
internal sealed class BuildLock : IAsyncDisposable
{
    // Of every warehouse that is open in this process.
    private static readonly ConditionalWeakTable<IWarehouse, SemaphoreSlim> Turns = [];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _turn;
    private readonly IWarehouseConnection? _session;

    private BuildLock(SemaphoreSlim turn, IWarehouseConnection? session)
    {
        _turn = turn;
        _session = session;
    }

    /// <summary>Waits until no other build of the target runs.</summary>
    /// <param name="target">The target's schema.</param>
    /// <param name="wait">How long to wait for another build.</param>
    /// <param name="waiting">Told once, with who holds the lock, if there is a wait.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2140: another build still runs.</exception>
    public static async ValueTask<BuildLock> TakeAsync(
        IWarehouse warehouse,
        WarehouseEngine engine,
        string target,
        TimeSpan wait,
        TimeProvider clock,
        Action<string> waiting,
        CancellationToken cancellationToken
    )
    {
        var turn = Turns.GetValue(warehouse, static _ => new SemaphoreSlim(1));
        if (!turn.Wait(0, cancellationToken))
        {
            const string Holder = "a build of this process";
            waiting(Holder);
            if (!await turn.WaitAsync(wait, cancellationToken))
            {
                throw ModelingDiagnostics.BuildRunning.With(target, Holder).ToException();
            }
        }

        try
        {
            var session = engine.StagesRelations
                ? await TakeSessionAsync(warehouse, engine, target, wait, clock, waiting, cancellationToken)
                : null;
            return new BuildLock(turn, session);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            try
            {
                await _session.ExecuteAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
            }
            catch (WarehouseException)
            {
                // The session is gone, and the lock with it.
            }

            await _session.DisposeAsync();
        }

        _turn.Release();
    }

    private static async ValueTask<IWarehouseConnection> TakeSessionAsync(
        IWarehouse warehouse,
        WarehouseEngine engine,
        string target,
        TimeSpan wait,
        TimeProvider clock,
        Action<string> waiting,
        CancellationToken cancellationToken
    )
    {
        var key = $"hashtextextended({engine.Dialect.Literal("headwater build " + target.ToLowerInvariant())}, 0)";
        var session = await warehouse.ConnectAsync(cancellationToken);
        try
        {
            var start = clock.GetTimestamp();
            var told = false;
            while (true)
            {
                var taken = await session.QueryAsync($"SELECT pg_try_advisory_lock({key})", cancellationToken);
                if (taken.Value(0, 0) is true)
                {
                    return session;
                }

                var holder = await HolderAsync(session, key, cancellationToken);
                if (clock.GetElapsedTime(start) >= wait)
                {
                    throw ModelingDiagnostics.BuildRunning.With(target, holder).ToException();
                }

                if (!told)
                {
                    waiting(holder);
                    told = true;
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<string> HolderAsync(
        IWarehouseConnection session,
        string key,
        CancellationToken cancellationToken
    )
    {
        var table = await session.QueryAsync(
            $"""
            SELECT concat_ws(', ', 'user ' || a.usename, nullif(a.application_name, ''),
              'from ' || coalesce(host(a.client_addr), 'this machine'), 'server process ' || a.pid::text,
              'since ' || to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
            FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
              AND ((l.classid::bigint << 32) | l.objid::bigint) = {key}
            """,
            cancellationToken
        );
        return table.RowCount > 0 ? (string)table.Value(0, 0)! : "a build that is ending now";
    }
}
