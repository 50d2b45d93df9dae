using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Publishing;

/// <summary>Drops what builds before the last one put aside. What others still read or depend on stays, and is said.</summary>
internal static class Pruning
{
    public static async ValueTask RunAsync(
        BuildRun run,
        IWarehouseConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await run.Generations.BeforeAsync(connection, run.Generation, cancellationToken);
        if (rows.Count == 0)
        {
            return;
        }

        var done = new List<KeptRow>(rows.Count);
        await connection.BeginAsync(cancellationToken);
        try
        {
            foreach (var row in rows)
            {
                if (row.Kept.Aside is null || await DropAsync(run, connection, row, cancellationToken))
                {
                    done.Add(row);
                }
            }

            if (run.Engine.StagesRelations)
            {
                await DropEmptySchemasAsync(run, connection, rows, done, cancellationToken);
            }

            await run.Generations.ForgetAsync(connection, done, cancellationToken);
            await connection.CommitAsync(cancellationToken);
        }
        catch (WarehouseException failure)
        {
            await connection.AbandonAsync();
            run.Diagnostics.Add(ModelingDiagnostics.NotPruned.With("the relations of earlier builds", failure.Message));
        }
    }

    private static async ValueTask<bool> DropAsync(
        BuildRun run,
        IWarehouseConnection connection,
        KeptRow row,
        CancellationToken cancellationToken
    )
    {
        var statement = WarehouseEngine.Drop(row.Kept.Kind ?? RelationKind.Table, run.Engine.Quote(row.Kept.Aside!));
        if (!run.Engine.HasSavepoints)
        {
            await connection.ExecuteAsync(statement, cancellationToken);
            return true;
        }

        await connection.ExecuteAsync("SAVEPOINT prune; SET LOCAL lock_timeout = '100ms'", cancellationToken);
        try
        {
            await connection.ExecuteAsync(statement, cancellationToken);
            await connection.ExecuteAsync("RELEASE SAVEPOINT prune", cancellationToken);
            return true;
        }
        catch (WarehouseException failure)
        {
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT prune; RELEASE SAVEPOINT prune", cancellationToken);
            // Someone who still reads it is gone by the next build; what depends on it is not.
            if (failure.Failure != WarehouseFailure.Conflict)
            {
                run.Diagnostics.Add(ModelingDiagnostics.NotPruned.With(row.Kept.Name, failure.Message));
            }

            return false;
        }
    }

    private static async ValueTask DropEmptySchemasAsync(
        BuildRun run,
        IWarehouseConnection connection,
        IEnumerable<KeptRow> rows,
        IReadOnlyCollection<KeptRow> done,
        CancellationToken cancellationToken
    )
    {
        var left = Schemas(rows.Except(done)).ToHashSet(StringComparer.Ordinal);
        foreach (var schema in Schemas(done).Distinct(StringComparer.Ordinal).Where(schema => !left.Contains(schema)))
        {
            await connection.ExecuteAsync($"DROP SCHEMA IF EXISTS {run.Engine.Quote(schema)}", cancellationToken);
        }
    }

    private static IEnumerable<string> Schemas(IEnumerable<KeptRow> rows) =>
        rows.Select(row => row.Kept.Aside?.Schema).OfType<string>();
}
