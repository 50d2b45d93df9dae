using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>
/// Builds one connected part as one transaction. First every statement is checked in a transaction that is rolled back, so that more
/// than one mistake is reported; then everything is built and tested, and published only if nothing failed.
/// </summary>
internal sealed class PartBuilder(BuildRun run, BuildPart part)
{
    private readonly Dictionary<string, string> _blocked = new(StringComparer.Ordinal);

    public async ValueTask BuildAsync(CancellationToken cancellationToken)
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
            try
            {
                if (await CheckAsync(connection, executor, cancellationToken))
                {
                    await PublishAsync(connection, executor, cancellationToken);
                }
            }
            catch (WarehouseException failure)
            {
                run.Diagnostics.Add(Transactions.Diagnose(failure));
                run.FinishPart(part.Nodes, committed: false);
            }
        }
    }

    /// <summary>True if every statement holds; else the outcomes are reported.</summary>
    private async ValueTask<bool> CheckAsync(
        IWarehouseConnection connection,
        NodeExecutor executor,
        CancellationToken cancellationToken
    )
    {
        var wrong = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        await connection.BeginAsync(cancellationToken);
        try
        {
            await BuildSchemas.CreateAsync(connection, run, part.Nodes, cancellationToken);
            foreach (var node in part.Nodes)
            {
                // What reads a wrong model would only repeat its mistake; what reads an uncertain one is uncertain.
                if (run.Manifest.ReadsAny(node, unknown))
                {
                    unknown.Add(node.UniqueId);
                    continue;
                }

                var finding = await executor.CheckAsync(node, cancellationToken);
                if (finding.EndsCheck)
                {
                    if (finding.Diagnostic is not null)
                    {
                        wrong[node.UniqueId] = finding.Diagnostic;
                    }

                    break;
                }

                if (finding.Diagnostic is not null)
                {
                    wrong[node.UniqueId] = finding.Diagnostic;
                }

                if (finding.IsUncertain || finding.Diagnostic is not null)
                {
                    unknown.Add(node.UniqueId);
                }
            }
        }
        finally
        {
            await connection.AbandonAsync();
        }

        if (wrong.Count == 0)
        {
            return true;
        }

        foreach (var node in part.Nodes)
        {
            if (wrong.TryGetValue(node.UniqueId, out var diagnostic))
            {
                run.Start(node);
                run.Finish(new NodeOutcome(node, NodeStatus.Error, null, TimeSpan.Zero, diagnostic, null));
            }
            else
            {
                run.Skip(node, "another model that is published together with it has a mistake");
            }
        }

        run.FinishPart(part.Nodes, committed: false);
        return false;
    }

    private async ValueTask PublishAsync(
        IWarehouseConnection connection,
        NodeExecutor executor,
        CancellationToken cancellationToken
    )
    {
        var built = new List<RelationNode>();
        var failed = false;
        var committed = false;
        await connection.BeginAsync(cancellationToken);
        try
        {
            await BuildSchemas.CreateAsync(connection, run, part.Nodes, cancellationToken);
            var ended = (string?)null;
            foreach (var node in part.Nodes)
            {
                if ((ended ?? _blocked.GetValueOrDefault(node.UniqueId)) is { } reason)
                {
                    run.Skip(node, reason);
                    continue;
                }

                run.Start(node);
                var outcome = run.Finish(await executor.RunAsync(node, cancellationToken));
                failed |= outcome.Status is NodeStatus.Failed or NodeStatus.Error;
                if (outcome is { Status: NodeStatus.Success, Node: RelationNode relation })
                {
                    built.Add(relation);
                }

                Block(outcome);
                // A runtime error ends the engine's transaction: nothing can follow it.
                ended = outcome.Status == NodeStatus.Error || run.ShouldStop ? $"{node.Name} failed" : null;
            }

            if (!failed)
            {
                await CommitAsync(connection, built, cancellationToken);
                committed = true;
            }
        }
        catch (WarehouseException failure)
        {
            run.Diagnostics.Add(Transactions.Diagnose(failure));
        }
        finally
        {
            if (!committed)
            {
                await connection.AbandonAsync();
            }
        }

        run.FinishPart(part.Nodes, committed);
        if (committed)
        {
            await run.Warehouse.RefreshVersionsAsync(cancellationToken);
            await LateHooksAsync(executor, built, cancellationToken);
        }
    }

    private async ValueTask CommitAsync(
        IWarehouseConnection connection,
        List<RelationNode> built,
        CancellationToken cancellationToken
    )
    {
        var now = run.Clock.GetUtcNow();
        await new PublicationRecorder(run.Manifest).PublishAsync(connection, built, now, cancellationToken);
        await connection.CommitAsync(cancellationToken);
    }

    private async ValueTask LateHooksAsync(
        NodeExecutor executor,
        List<RelationNode> built,
        CancellationToken cancellationToken
    )
    {
        foreach (var node in built)
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

    private void Block(NodeOutcome outcome)
    {
        if (outcome.Status is not (NodeStatus.Failed or NodeStatus.Error))
        {
            return;
        }

        foreach (var id in Blocking.BlockedBy(run.Manifest, outcome.Node))
        {
            _blocked.TryAdd(id, $"{outcome.Node.Name} failed");
        }
    }
}
