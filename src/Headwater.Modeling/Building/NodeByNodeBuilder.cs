using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>Builds as dbt does: each node is published as soon as it is built, and a failure holds back only what reads it.</summary>
internal sealed class NodeByNodeBuilder(BuildRun run, BuildPart part)
{
    private readonly Dictionary<string, string> _blocked = new(StringComparer.Ordinal);

    public async ValueTask BuildAsync(CancellationToken cancellationToken)
    {
        foreach (var node in part.Nodes)
        {
            if (_blocked.TryGetValue(node.UniqueId, out var reason) || run.ShouldStop)
            {
                run.Skip(node, reason ?? "the build stopped at the first failure");
                continue;
            }

            run.Start(node);
            var outcome = await BuildOneAsync(node, cancellationToken);
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
            var runner = new StatementRunner(run.Warehouse, connection, cancellationToken);
            var executor = new NodeExecutor(
                run,
                connection,
                new NodeCompiler(run.Manifest, run.Project, runner, cancellationToken)
            );
            var committed = false;
            await connection.BeginAsync(cancellationToken);
            try
            {
                await BuildSchemas.CreateAsync(connection, run, [node], cancellationToken);
                var outcome = run.Finish(await executor.RunAsync(node, cancellationToken));
                if (outcome is { Status: NodeStatus.Success, Node: RelationNode relation })
                {
                    var now = run.Clock.GetUtcNow();
                    await new PublicationRecorder(run.Manifest).PublishAsync(
                        connection,
                        [relation],
                        now,
                        cancellationToken
                    );
                    await connection.CommitAsync(cancellationToken);
                    committed = true;
                }

                return outcome;
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
                    await connection.AbandonAsync();
                }

                run.FinishPart([node], committed);
                if (committed)
                {
                    await run.Warehouse.RefreshVersionsAsync(CancellationToken.None);
                    await LateHooksAsync(executor, (RelationNode)node, cancellationToken);
                }
            }
        }
    }

    private async ValueTask LateHooksAsync(
        NodeExecutor executor,
        RelationNode node,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await executor.HooksAsync(node, "post-hook", inTransaction: false, cancellationToken);
        }
        catch (DiagnosticException failure)
        {
            run.Diagnostics.AddRange(failure.Diagnostics);
        }
    }
}
