using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Publishing;

/// <summary>What a rollback did.</summary>
/// <param name="Restored">Relations that stand as before the last build.</param>
/// <param name="Removed">Relations that the last build made for the first time.</param>
/// <param name="Left">Relations that could not be restored.</param>
public sealed record RollbackResult(
    IReadOnlyList<RelationName> Restored,
    IReadOnlyList<RelationName> Removed,
    IReadOnlyList<RelationName> Left
);

/// <summary>Goes back to the state before the last build, in one transaction, with readers as undisturbed as by a build.</summary>
internal sealed class Rollback(BuildRun run)
{
    public async ValueTask<RollbackResult> RunAsync(bool partially, CancellationToken cancellationToken)
    {
        var connection = await run.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await Generations.EnsureAsync(connection, cancellationToken);
            var rows = await run.Generations.LastAsync(connection, cancellationToken);
            if (rows.Count == 0)
            {
                throw ModelingDiagnostics.NothingToRollBack.With(run.Manifest.Parsed.Schema).ToException();
            }

            var left = rows.Where(row => row.Kept.IsLost).Select(row => row.Kept.Name).ToList();
            if (left.Count > 0 && !partially)
            {
                throw ModelingDiagnostics.RollbackIncomplete.With(string.Join(", ", left)).ToException();
            }

            await run.Relations.LoadAsync(
                connection,
                [.. rows.Select(row => row.Kept.Name.Schema).Distinct(StringComparer.OrdinalIgnoreCase)],
                cancellationToken
            );
            run.Generation = await Generations.NextAsync(connection, cancellationToken);
            await connection.BeginAsync(cancellationToken);
            try
            {
                await RecordAsync(connection, rows, cancellationToken);
                await ExchangeAsync(connection, rows, cancellationToken);
                await connection.CommitAsync(cancellationToken);
            }
            catch
            {
                await Transactions.AbandonAsync(connection);
                throw;
            }

            await run.Warehouse.RefreshVersionsAsync(cancellationToken);
            return new RollbackResult(
                [.. rows.Where(row => row.Kept.Aside is not null).Select(row => row.Kept.Name)],
                [.. rows.Where(row => row.Kept.Kind is null).Select(row => row.Kept.Name)],
                left
            );
        }
    }

    private async ValueTask RecordAsync(
        IWarehouseConnection connection,
        IReadOnlyList<KeptRow> rows,
        CancellationToken cancellationToken
    )
    {
        var changed = rows.Where(row => !row.Kept.IsLost).ToList();
        await PublishedRelations.PutAsync(
            connection,
            changed.Select(row => row.Published).OfType<PublishedRelation>(),
            cancellationToken
        );
        await PublishedRelations.RemoveAsync(
            connection,
            changed.Where(row => row.Published is null).Select(row => row.Kept.Name),
            cancellationToken
        );
        await PublishedRollups.RollBackAsync(
            connection,
            run.Engine.Dialect,
            [.. changed.Select(row => row.Kept.Name)],
            await PublishedVersions.ReadAllAsync(connection, cancellationToken),
            cancellationToken
        );
        await PublishedVersions.RaiseAsync(
            connection,
            changed.Select(row => row.Kept.Name),
            run.Clock.GetUtcNow(),
            cancellationToken
        );
        await PublishedLineage.RollBackAsync(
            connection,
            run.Engine.Dialect,
            rows[0].Generation,
            [.. rows.Where(row => row.Kept.IsLost).Select(row => row.Kept.Name)],
            cancellationToken
        );
        await run.Generations.ForgetAsync(connection, rows, cancellationToken);
    }

    private ValueTask ExchangeAsync(
        IWarehouseConnection connection,
        IReadOnlyList<KeptRow> rows,
        CancellationToken cancellationToken
    ) =>
        run.Engine.StagesRelations
            ? MoveAsync(connection, rows, cancellationToken)
            : RenameAsync(connection, rows, cancellationToken);

    private async ValueTask RenameAsync(
        IWarehouseConnection connection,
        IReadOnlyList<KeptRow> rows,
        CancellationToken cancellationToken
    )
    {
        foreach (var kept in rows.Select(row => row.Kept).Where(kept => !kept.IsLost))
        {
            if (run.Relations.Find(kept.Name) is { } current)
            {
                await connection.ExecuteAsync(
                    WarehouseEngine.Drop(current.Kind, run.Engine.Quote(current.Name)),
                    cancellationToken
                );
            }

            if (kept is { Aside: { } aside, Kind: { } kind })
            {
                await connection.ExecuteAsync(
                    run.Engine.Rename(kind, run.Engine.Quote(aside), kept.Name.Name),
                    cancellationToken
                );
            }
        }
    }

    // What the last build made goes where an earlier build's relations go, and is dropped like these by the next build.
    private async ValueTask MoveAsync(
        IWarehouseConnection connection,
        IReadOnlyList<KeptRow> rows,
        CancellationToken cancellationToken
    )
    {
        var engine = (PostgresEngine)run.Engine;
        var exchanges = new List<Exchange>();
        var discarded = new List<KeptRelation>();
        foreach (var kept in rows.Select(row => row.Kept).Where(kept => !kept.IsLost).Reverse())
        {
            if (run.Relations.Find(kept.Name) is not { } current)
            {
                continue;
            }

            var schema = engine.Fit($"_headwater_{run.Generation}_kept_{current.Name.Schema}");
            await connection.ExecuteAsync(engine.CreateSchema(schema), cancellationToken);
            var aside = current.Name with { Schema = schema };
            exchanges.Add(new Exchange(current, kept.Aside, kept.Kind ?? current.Kind, aside));
            discarded.Add(new KeptRelation(kept.Name, current.Kind, aside));
        }

        await run.Generations.DiscardAsync(connection, run.Generation, discarded, cancellationToken);
        await new RelationExchange(run, engine, connection).RunAsync(exchanges, cancellationToken);
    }
}
