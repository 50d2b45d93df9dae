using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Derived;

/// <summary>Makes derived tables of what a transaction has built, in that transaction, and notes of which versions of their inputs they were made.</summary>
internal sealed class DerivedTableBuilder(BuildRun run)
{
    private readonly DerivedInputs _inputs = new(run.Manifest);
    private readonly HashSet<RelationName> _done = [];

    /// <summary>Makes the tables that depend on anything that a transaction is about to publish.</summary>
    /// <param name="publication">The transaction.</param>
    /// <param name="built">What it built: its versions rise at the commit.</param>
    /// <returns>What went wrong, so that the transaction must not commit; null if nothing did.</returns>
    public async ValueTask<Diagnostic?> BuildAsync(
        Publication publication,
        IReadOnlyList<RelationNode> built,
        CancellationToken cancellationToken
    )
    {
        var raised = built.Select(node => node.Relation).ToHashSet();
        foreach (var table in run.Options.Derived)
        {
            var inputs = _inputs.Of(table);
            if (
                !inputs.Any(input => raised.Contains(input.Relation))
                || !AreThere(publication, table)
                || (
                    run.Engine.StagesRelations
                    && inputs.Any(input => DerivedInputs.IsRead(input) && !raised.Contains(input.Relation))
                )
            )
            {
                // Where relations change places at the end, an older view reads what stands until then: such a table is made afterwards.
                continue;
            }

            try
            {
                await BuildAsync(publication, table, inputs, raised, cancellationToken);
            }
            catch (WarehouseException failure) when (failure.Failure != WarehouseFailure.Conflict)
            {
                return ModelingDiagnostics.DerivedFailed.With(table.Name, failure.Message);
            }
        }

        return null;
    }

    /// <summary>Makes the tables over what was published in transactions of single nodes: afterwards, in one of their own.</summary>
    public async ValueTask BuildLateAsync(CancellationToken cancellationToken)
    {
        var published = run.Published.ToHashSet();
        var late = run
            .Options.Derived.Where(table =>
                !_done.Contains(table.Relation) && _inputs.Of(table).Any(input => published.Contains(input.Relation))
            )
            .ToList();
        if (late.Count == 0)
        {
            return;
        }

        var connection = await run.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            foreach (var table in late)
            {
                var publication = Publication.Of(run, connection);
                var committed = false;
                await publication.BeginAsync(cancellationToken);
                try
                {
                    if (AreThere(publication, table))
                    {
                        await BuildAsync(publication, table, _inputs.Of(table), [], cancellationToken);
                        await publication.CommitAsync([], cancellationToken);
                        committed = true;
                    }
                }
                catch (WarehouseException failure)
                {
                    run.Diagnostics.Add(ModelingDiagnostics.DerivedFailed.With(table.Name, failure.Message));
                }
                finally
                {
                    if (!committed)
                    {
                        await publication.AbandonAsync();
                    }
                }
            }
        }

        await run.Warehouse.RefreshVersionsAsync(cancellationToken);
    }

    /// <summary>Drops the tables that are declared no longer.</summary>
    public async ValueTask DropOthersAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        var schemas = run
            .Manifest.Nodes.Values.OfType<RelationNode>()
            .Select(node => node.Relation.Schema)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var declared = run.Options.Derived.Select(table => table.Relation).ToHashSet();
        var known = await PublishedRollups.ReadAllAsync(connection, cancellationToken);
        // Where no model lies, ours is what was made of our tables alone: other projects may share the warehouse.
        var own = run
            .Manifest.Nodes.Values.OfType<RelationNode>()
            .Where(node => node is not SourceNode)
            .Select(node => node.Relation.Schema)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = known
            .Where(rollup =>
                !declared.Contains(rollup.Relation)
                && (
                    schemas.Contains(rollup.Relation.Schema)
                    || (rollup.Seen.Count > 0 && rollup.Seen.All(seen => own.Contains(seen.Relation.Schema)))
                )
            )
            .Select(rollup => rollup.Relation)
            .ToList();
        if (gone.Count == 0)
        {
            return;
        }

        await connection.BeginAsync(cancellationToken);
        try
        {
            foreach (var relation in gone)
            {
                await PublishedRollups.RemoveAsync(connection, run.Engine.Dialect, relation, cancellationToken);
                await connection.ExecuteAsync($"DROP TABLE IF EXISTS {run.Engine.Quote(relation)}", cancellationToken);
            }

            await PublishedVersions.RaiseAsync(connection, gone, run.Clock.GetUtcNow(), cancellationToken);
            await connection.CommitAsync(cancellationToken);
        }
        catch (WarehouseException failure)
        {
            await connection.AbandonAsync();
            run.Diagnostics.Add(ModelingDiagnostics.NotPruned.With(gone[0], failure.Message));
        }
    }

    // A selection of a new project may leave out what the table needs.
    private static bool AreThere(Publication publication, DerivedTable table) =>
        table.Reads.All(read => publication.Find(read) is not null);

    private async ValueTask BuildAsync(
        Publication publication,
        DerivedTable table,
        IReadOnlyList<RelationNode> inputs,
        HashSet<RelationName> raised,
        CancellationToken cancellationToken
    )
    {
        _done.Add(table.Relation);
        if (_inputs.DependsOnClock(table))
        {
            run.Diagnostics.Add(ModelingDiagnostics.DerivedOfClock.With(table.Name));
            return;
        }

        var connection = publication.Connection;
        // Before the rows are read: where another transaction may change them in between, the older version is noted, and does not hold.
        var versions = await PublishedVersions.ReadAllAsync(connection, cancellationToken);
        var seen = inputs
            .Select(input => input.Relation)
            .Distinct()
            .Select(relation => (relation, Version: versions[relation] + (raised.Contains(relation) ? 1 : 0)))
            .ToList();
        if (seen.Find(input => input.Version == 0) is { relation: { } unversioned })
        {
            run.Diagnostics.Add(ModelingDiagnostics.DerivedNotBuilt.With(table.Name, unversioned));
            return;
        }

        // It may lie where no model does.
        await publication.LookAgainAsync(table.Relation, cancellationToken);
        if (
            publication.Find(table.Relation) is not null
            && !(await PublishedRollups.ReadAllAsync(connection, cancellationToken)).Any(known =>
                known.Relation == table.Relation
            )
        )
        {
            run.Diagnostics.Add(ModelingDiagnostics.DerivedNameTaken.With(table.Name, table.Relation));
            return;
        }

        await connection.ExecuteAsync(run.Engine.CreateSchema(table.Relation.Schema), cancellationToken);
        var place = await publication.PlaceAsync(table.Relation, cancellationToken);
        await connection.ExecuteAsync(
            run.Engine.CreateTable(run.Engine.Quote(place), table.Sql, new Engines.TableOptions()),
            cancellationToken
        );
        await publication.TakePlaceAsync(table.Relation, place, Engines.RelationKind.Table, cancellationToken);
        var quoted = run.Engine.Quote(table.Relation);
        var counts = await connection.QueryAsync(
            table.Counted is { } counted
                ? $"SELECT (SELECT count(*) FROM {quoted}), CAST(coalesce((SELECT sum({counted.Column}) FROM {quoted}), 0) AS bigint), (SELECT count(*) FROM {run.Engine.Quote(counted.Root)})"
                : $"SELECT count(*) FROM {quoted}",
            cancellationToken
        );
        var columns = RelationColumn.Read(
            await connection.QueryAsync(
                run.Engine.FindColumns(run.Engine.Quote(publication.Places.Of(table.Relation))),
                cancellationToken
            )
        );
        var isSound = table.Counted is not null && (long)counts.Value(0, 1)! == (long)counts.Value(0, 2)!;
        if (table.Counted is { Root: var root } && !isSound)
        {
            run.Diagnostics.Add(ModelingDiagnostics.DerivedRepeatsRows.With(table.Name, root));
        }

        await PublishedVersions.RaiseAsync(connection, [table.Relation], run.Clock.GetUtcNow(), cancellationToken);
        await PublishedRollups.PutAsync(
            connection,
            run.Engine.Dialect,
            new PublishedRollup(
                table.Relation,
                RollupDigest.Of(table.Sql),
                (long)counts.Value(0, 0)!,
                isSound,
                columns.ToDictionary(column => column.Name, column => column.Type),
                seen
            ),
            cancellationToken
        );
    }
}
