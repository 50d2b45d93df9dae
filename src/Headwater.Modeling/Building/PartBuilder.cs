using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Proofs;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>
/// Builds one connected part as one transaction: everything is built and tested, and published only if nothing failed. Where a failed
/// statement would end the transaction, every statement is checked first in one that is rolled back, so that more than one mistake is reported.
/// </summary>
/// <param name="blocked">What must not be built because something before this part failed: why, by node.</param>
internal sealed class PartBuilder(BuildRun run, BuildPart part, IReadOnlyDictionary<string, string> blocked)
{
    private readonly Dictionary<string, string> _blocked = new(blocked, StringComparer.Ordinal);

    public async ValueTask BuildAsync(CancellationToken cancellationToken)
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
            try
            {
                await BuildSchemas.CreateAsync(connection, run, part.Nodes, cancellationToken);
                if (run.Engine.HasSavepoints || await CheckAsync(publication, executor, cancellationToken))
                {
                    await PublishAsync(publication, executor, cancellationToken);
                }
            }
            catch (WarehouseException failure)
            {
                run.Diagnostics.Add(Transactions.Diagnose(failure));
                run.FinishPart(part.Nodes, committed: false);
            }
        }

        await run.StoredFailures.WriteAsync(cancellationToken);
    }

    /// <summary>True if every statement holds; else the outcomes are reported.</summary>
    private async ValueTask<bool> CheckAsync(
        Publication publication,
        NodeExecutor executor,
        CancellationToken cancellationToken
    )
    {
        var wrong = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(_blocked.Keys, StringComparer.Ordinal);
        await publication.BeginAsync(cancellationToken);
        try
        {
            foreach (var node in part.Nodes)
            {
                if (run.Lacking.ContainsKey(node.UniqueId))
                {
                    continue;
                }

                // What reads a wrong model would only repeat its mistake; what reads an uncertain one is uncertain.
                if (run.Manifest.ReadsAny(node, unknown) || unknown.Contains(node.UniqueId))
                {
                    unknown.Add(node.UniqueId);
                    continue;
                }

                var finding = await executor.CheckAsync(node, cancellationToken);
                if (finding.Diagnostic is not null)
                {
                    wrong[node.UniqueId] = finding.Diagnostic;
                }

                if (finding.EndsCheck)
                {
                    break;
                }

                if (finding.IsUncertain || finding.Diagnostic is not null)
                {
                    unknown.Add(node.UniqueId);
                }
            }
        }
        finally
        {
            await publication.AbandonAsync();
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
        Publication publication,
        NodeExecutor executor,
        CancellationToken cancellationToken
    )
    {
        var built = new List<RelationNode>();
        var outcomes = new List<NodeOutcome>();
        var tests = new List<NodeOutcome>();
        var failed = false;
        var committed = false;
        await publication.BeginAsync(cancellationToken);
        try
        {
            var ended = (string?)null;
            foreach (var node in part.Nodes)
            {
                if ((ended ?? _blocked.GetValueOrDefault(node.UniqueId)) is { } reason)
                {
                    run.Skip(node, reason);
                    continue;
                }

                if (run.SkipIfLacking(node))
                {
                    continue;
                }

                run.Start(node);
                var outcome = run.Finish(await executor.RunAsync(node, cancellationToken));
                failed |= outcome.Status is NodeStatus.Failed or NodeStatus.Error;
                if (outcome is { Status: NodeStatus.Success, Node: RelationNode relation })
                {
                    built.Add(relation);
                    outcomes.Add(outcome);
                }
                else if (outcome.Node is TestNode)
                {
                    tests.Add(outcome);
                }

                Block(outcome);
                ended = EndsAll(outcome) ? $"{node.Name} failed" : null;
            }

            if (!failed && await run.Derived.BuildAsync(publication, built, cancellationToken) is { } problem)
            {
                run.Diagnostics.Add(problem);
                failed = true;
            }

            if (!failed)
            {
                await run.Lineage.RecordAsync(publication, outcomes, cancellationToken);
                await ProofRecorder.RecordAsync(run, publication, tests, built, cancellationToken);
                await publication.CommitAsync(built, cancellationToken);
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
                await publication.AbandonAsync();
            }
        }

        run.FinishPart(part.Nodes, committed);
        if (committed)
        {
            await run.Warehouse.RefreshVersionsAsync(cancellationToken);
            await LateHooks.RunAsync(run, executor, built, cancellationToken);
        }
    }

    // Without savepoints a runtime error ends the engine's transaction: nothing can follow it.
    private bool EndsAll(NodeOutcome outcome) =>
        (outcome.Status == NodeStatus.Error && !run.Engine.HasSavepoints) || run.ShouldStop;

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
