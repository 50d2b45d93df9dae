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
        // Nothing is kept of a build that keeps nothing: going back further than it would mix.
        var kept = run.KeepsPrevious ? run.Generation : run.Generation + 1;
        var rows = await run.Generations.BeforeAsync(connection, kept, cancellationToken);
        if (rows.Count == 0)
        {
            return;
        }

        var done = new List<KeptRow>(rows.Count);
        await connection.BeginAsync(cancellationToken);
        try
        {
            var left = await DropAsync(run, connection, rows, cancellationToken);
            done.AddRange(rows.Except(left.Keys));
            foreach (var (row, problem) in left.Where(pair => pair.Value is not null))
            {
                run.Diagnostics.Add(ModelingDiagnostics.NotPruned.With(row.Kept.Name, problem!));
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

    /// <summary>Drops what can be dropped: again, as long as that makes way for more.</summary>
    /// <returns>What is left, with why; null for what someone is reading just now, who is gone by the next build.</returns>
    private static async ValueTask<Dictionary<KeptRow, string?>> DropAsync(
        BuildRun run,
        IWarehouseConnection connection,
        IReadOnlyList<KeptRow> rows,
        CancellationToken cancellationToken
    )
    {
        var left = rows.Where(row => row.Kept.Aside is not null).ToDictionary(row => row, _ => (string?)null);
        int before;
        do
        {
            before = left.Count;
            foreach (var row in left.Keys.ToList())
            {
                var (isDropped, problem) = await DropAsync(run, connection, row.Kept, cancellationToken);
                left[row] = problem;
                if (isDropped)
                {
                    left.Remove(row);
                }
            }
        } while (left.Count > 0 && left.Count < before);

        return left;
    }

    private static async ValueTask<(bool IsDropped, string? Problem)> DropAsync(
        BuildRun run,
        IWarehouseConnection connection,
        KeptRelation kept,
        CancellationToken cancellationToken
    )
    {
        var statement = WarehouseEngine.Drop(kept.Kind ?? RelationKind.Table, run.Engine.Quote(kept.Aside!));
        if (!run.Engine.HasSavepoints)
        {
            await connection.ExecuteAsync(statement, cancellationToken);
            return (true, null);
        }

        await connection.ExecuteAsync("SAVEPOINT prune; SET LOCAL lock_timeout = '100ms'", cancellationToken);
        try
        {
            await connection.ExecuteAsync(statement, cancellationToken);
            await connection.ExecuteAsync("RELEASE SAVEPOINT prune", cancellationToken);
            return (true, null);
        }
        catch (WarehouseException failure)
        {
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT prune; RELEASE SAVEPOINT prune", cancellationToken);
            return (false, failure.Failure == WarehouseFailure.Conflict ? null : failure.Message);
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
