using System.Globalization;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>
/// Exchanges all relations of a transaction at its very end. Readers that hold a relation are not waited for: everything is
/// let go and tried again, so that no reader queues behind a waiting build. What others have on the old relations is kept: rights are
/// copied, and views of others are bound to the new ones.
/// </summary>
internal sealed class RelationExchange(BuildRun run, PostgresEngine engine, IWarehouseConnection connection)
{
    // At first nobody notices the attempts; only if readers never leave a gap, some of them wait, and not for long.
    private static readonly TimeSpan FirstLockTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestLockTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Exchanges the relations within the caller's transaction, which then commits at once.</summary>
    /// <exception cref="WarehouseException"><see cref="WarehouseFailure.Conflict"/>: readers held them for too long.</exception>
    public async ValueTask RunAsync(IReadOnlyList<Exchange> exchanges, CancellationToken cancellationToken)
    {
        if (exchanges.Count == 0)
        {
            return;
        }

        await CopyRightsAsync(exchanges, cancellationToken);
        var views = await DependentViews.FindAsync(connection, engine, exchanges, cancellationToken);
        var moves = Moves(exchanges);
        var timeout = FirstLockTimeout;
        var start = run.Clock.GetTimestamp();
        while (true)
        {
            await connection.ExecuteAsync(
                $"SAVEPOINT exchange; SET LOCAL lock_timeout = '{Milliseconds(timeout)}ms'",
                cancellationToken
            );
            try
            {
                await connection.ExecuteAsync(moves, cancellationToken);
                await BindAsync(views, cancellationToken);
                await connection.ExecuteAsync("SET LOCAL lock_timeout = 0", cancellationToken);
                return;
            }
            catch (WarehouseException failure)
                when (failure.Failure == WarehouseFailure.Conflict
                    && run.Clock.GetElapsedTime(start) < run.Options.PublishWait
                )
            {
                await connection.ExecuteAsync(
                    "ROLLBACK TO SAVEPOINT exchange; RELEASE SAVEPOINT exchange",
                    cancellationToken
                );
                await Task.Delay(timeout > Pause ? timeout : Pause, run.Clock, cancellationToken);
                if (run.Clock.GetElapsedTime(start) > Patience)
                {
                    timeout = timeout + timeout < LongestLockTimeout ? timeout + timeout : LongestLockTimeout;
                }
            }
        }
    }

    // What reads others comes first, as readers lock it: this way fewer meet.
    private string Moves(IReadOnlyList<Exchange> exchanges)
    {
        var text = new StringBuilder();
        foreach (var exchange in exchanges.Reverse())
        {
            text.Append(engine.Move(exchange.Old.Kind, engine.Quote(exchange.Old.Name), exchange.Aside.Schema))
                .Append(";\n");
            if (exchange.Made is { } made)
            {
                text.Append(engine.Move(exchange.Kind, engine.Quote(made), exchange.Old.Name.Schema)).Append(";\n");
            }
        }

        return text.ToString();
    }

    // A view that cannot be bound, because a column that it reads is gone, keeps reading what it read, and the author hears of it.
    private async ValueTask BindAsync(IReadOnlyList<DependentView> views, CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            await connection.ExecuteAsync("SAVEPOINT bind", cancellationToken);
            try
            {
                await connection.ExecuteAsync(view.Statement(engine), cancellationToken);
                await connection.ExecuteAsync("RELEASE SAVEPOINT bind", cancellationToken);
            }
            catch (WarehouseException failure) when (failure.Failure != WarehouseFailure.Conflict)
            {
                await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT bind; RELEASE SAVEPOINT bind", cancellationToken);
                run.Diagnostics.Add(ModelingDiagnostics.DependentNotBound.With(view.Name, failure.Message));
            }
        }
    }

    private async ValueTask CopyRightsAsync(IReadOnlyList<Exchange> exchanges, CancellationToken cancellationToken)
    {
        var table = await connection.QueryAsync(
            $"""
            SELECT n.nspname::text, c.relname::text, a.privilege_type, a.is_grantable,
              CASE WHEN a.grantee = 0 THEN NULL ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS a
            WHERE a.grantee <> c.relowner AND (n.nspname::text, c.relname::text) IN ({Names(engine, exchanges)})
            """,
            cancellationToken
        );
        var made = exchanges.ToDictionary(exchange => exchange.Old.Name);
        var text = new StringBuilder();
        for (var row = 0L; row < table.RowCount; row++)
        {
            var exchange = made[new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!)];
            if (exchange.Made is null || run.HasOwnGrants(exchange.Old.Name))
            {
                continue;
            }

            var grantee = table.Value(row, 4) is string role ? engine.Quote(role) : "PUBLIC";
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"GRANT {table.Value(row, 2)} ON {engine.Quote(exchange.Made)} TO {grantee}"
                )
                .Append((bool)table.Value(row, 3)! ? " WITH GRANT OPTION;\n" : ";\n");
        }

        if (text.Length > 0)
        {
            await connection.ExecuteAsync(text.ToString(), cancellationToken);
        }
    }

    internal static string Names(PostgresEngine engine, IReadOnlyList<Exchange> exchanges) =>
        string.Join(
            ", ",
            exchanges.Select(exchange =>
                $"({engine.Dialect.Literal(exchange.Old.Name.Schema)}, {engine.Dialect.Literal(exchange.Old.Name.Name)})"
            )
        );

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
