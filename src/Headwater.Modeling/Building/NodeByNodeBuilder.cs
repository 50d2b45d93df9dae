using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>
/// Builds each node in a transaction of its own, published as soon as it is built, and a failure holds back only what reads it: dbt's way,
/// and that of snapshots before every build.
/// </summary>
internal sealed class NodeByNodeBuilder(BuildRun run)
{
    private readonly Dictionary<string, string> _blocked = new(StringComparer.Ordinal);

    /// <summary>What must not be built because something failed: why, by node.</summary>
    public IReadOnlyDictionary<string, string> Blocked => _blocked;

    public async ValueTask BuildAsync(IEnumerable<ManifestNode> nodes, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            if (_blocked.TryGetValue(node.UniqueId, out var reason) || run.ShouldStop)
            {
                run.Skip(node, reason ?? "the build stopped at the first failure");
                run.FinishPart([node], committed: false);
                continue;
            }

            if (run.SkipIfLacking(node))
            {
                continue;
            }

            run.Start(node);
            var outcome = await BuildOneAsync(node, cancellationToken);
            await run.StoredFailures.WriteAsync(cancellationToken);
            if (outcome.Status is NodeStatus.Failed or NodeStatus.Error)
            {
                foreach (var id in Blocking.BlockedBy(run.Manifest, node))
                {
                    _blocked.TryAdd(id, $"{node.Name} failed");
                }
            }
        }
    }

    private async ValueTask<NodeOutcome> BuildOneAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var connection = await run.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var publication = Publication.Of(run, connection);
            var runner = new StatementRunner(run.Warehouse, publication, cancellationToken);
            var executor = new NodeExecutor(
                run,
                publication,
                new NodeCompiler(run.Manifest, run.Project, runner, cancellationToken, run.Scope)
            );
            var committed = false;
            try
            {
                await BuildSchemas.CreateAsync(connection, run, [node], cancellationToken);
                await publication.BeginAsync(cancellationToken);
                var outcome = await executor.RunAsync(node, cancellationToken);
                if (outcome is { HasResult: true, Node: RelationNode relation })
                {
                    await run.Lineage.RecordAsync(publication, [outcome], cancellationToken);
                    await publication.CommitAsync([relation], cancellationToken);
                    committed = true;
                }

                return run.Finish(outcome);
            }
            catch (WarehouseException failure)
            {
                return run.Finish(
                    new NodeOutcome(node, NodeStatus.Error, null, TimeSpan.Zero, Transactions.Diagnose(failure), null)
                );
            }
            finally
            {
                if (!committed)
                {
                    await publication.AbandonAsync();
                }

                run.FinishPart([node], committed);
                if (committed)
                {
                    await run.Warehouse.RefreshVersionsAsync(CancellationToken.None);
                    await LateHooks.RunAsync(run, executor, [(RelationNode)node], cancellationToken);
                }
            }
        }
    }
}
