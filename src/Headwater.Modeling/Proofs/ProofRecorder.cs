using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Proofs;

/// <summary>
/// Keeps what passed tests have shown, in the transaction in which they ran, so that questions can be answered by quicker SQL that is right only because of it.
/// </summary>
internal static class ProofRecorder
{
    /// <summary>Notes what the tests of a transaction have shown, before it raises the versions of what it built.</summary>
    /// <param name="tests">The outcomes of tests that ran.</param>
    /// <param name="built">What the transaction publishes.</param>
    public static async ValueTask RecordAsync(
        BuildRun run,
        Publication publication,
        IReadOnlyList<NodeOutcome> tests,
        IReadOnlyList<RelationNode> built,
        CancellationToken cancellationToken
    )
    {
        if (run.TakesForgetting())
        {
            var manifest = run.Manifest;
            await PublishedProofs.ForgetAsync(
                publication.Connection,
                run.Engine.Dialect,
                // Another project may publish here too.
                id =>
                    id.StartsWith($"test.{manifest.Project.Name}.", StringComparison.Ordinal)
                    && !manifest.Nodes.ContainsKey(id),
                cancellationToken
            );
        }

        if (tests.Count == 0)
        {
            return;
        }

        var raised = built.Select(node => node.Relation).ToHashSet();
        var versions = run.Warehouse.Versions;
        var proofs = new List<PublishedProof>();
        foreach (var test in tests.Where(test => test is { Status: NodeStatus.Success, Rows: 0 }))
        {
            if (
                TestClaim.Of((TestNode)test.Node, run.Manifest) is { } claim
                && Seen(claim, run.Manifest, relation => versions[relation] + (raised.Contains(relation) ? 1 : 0))
                    is { } seen
            )
            {
                proofs.Add(
                    new PublishedProof(
                        test.Node.UniqueId,
                        claim.Kind,
                        claim.Node.Relation,
                        claim.Column,
                        claim.Target is { } target ? (target.Node.Relation, target.Column) : null,
                        seen
                    )
                );
            }
        }

        await PublishedProofs.PutAsync(
            publication.Connection,
            run.Engine.Dialect,
            [.. tests.Select(test => test.Node.UniqueId)],
            proofs,
            cancellationToken
        );
    }

    // Where a source lies below, between which and the tests nothing stands still, nothing is shown for long; nor of a table without versions.
    private static List<(RelationName, long)>? Seen(
        TestClaim claim,
        Manifest manifest,
        Func<RelationName, long> versionOf
    )
    {
        var tables = new HashSet<RelationName>();
        var readsSources = false;
        Collect(claim.Node);
        if (claim.Target is { } target)
        {
            Collect(target.Node);
        }

        var seen = tables.Select(table => (table, versionOf(table))).ToList();
        return !readsSources && seen.TrueForAll(table => table.Item2 > 0) ? seen : null;

        void Collect(RelationNode node)
        {
            readsSources |= node is SourceNode;
            if (node is not ModelNode { IsEphemeral: true })
            {
                tables.Add(node.Relation);
            }

            // A view is as its tables are at the moment.
            if (node is ModelNode model && (model.IsEphemeral || model.Config.Materialized == "view"))
            {
                foreach (var read in node.DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id)))
                {
                    if (read is RelationNode below)
                    {
                        Collect(below);
                    }
                }
            }
        }
    }
}
