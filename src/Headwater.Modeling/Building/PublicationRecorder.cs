using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Building;

/// <summary>Notes what a build publishes: the relations with what they read, and their raised versions, in the build's transaction.</summary>
internal sealed class PublicationRecorder(Manifest manifest)
{
    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        await PublishedVersions.EnsureAsync(connection, cancellationToken);
        await PublishedRelations.EnsureAsync(connection, cancellationToken);
        await PublishedLineage.EnsureAsync(connection, cancellationToken);
        await PublishedProofs.EnsureAsync(connection, cancellationToken);
        await PublishedRollups.EnsureAsync(connection, cancellationToken);
    }

    public async ValueTask PublishAsync(
        IWarehouseConnection connection,
        IReadOnlyCollection<RelationNode> built,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await PublishedRelations.PutAsync(connection, built.Select(Describe), cancellationToken);
        await PublishedVersions.RaiseAsync(connection, built.Select(node => node.Relation), now, cancellationToken);
    }

    /// <summary>Takes back relations whose models are gone from the project. Their tables stay, unpublished.</summary>
    public async ValueTask ForgetOthersAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        var published = await PublishedRelations.ReadAllAsync(connection, cancellationToken);
        var current = manifest
            .Nodes.Values.OfType<RelationNode>()
            .Where(node => node is not (SourceNode or ModelNode { IsEphemeral: true }))
            .Select(node => node.Relation)
            .ToHashSet();
        var gone = published.Select(relation => relation.Name).Where(name => !current.Contains(name)).ToList();
        await PublishedRelations.RemoveAsync(connection, gone, cancellationToken);
        await PublishedLineage.RemoveAsync(connection, manifest.Parsed.Dialect, gone, cancellationToken);
    }

    private PublishedRelation Describe(RelationNode node)
    {
        var reads = new HashSet<RelationName>();
        Collect(node, reads);
        return new PublishedRelation(
            node.Relation,
            node is ModelNode && node.Config.Materialized == "view",
            node.UniqueId,
            [.. reads.OrderBy(read => read.ToString(), StringComparer.OrdinalIgnoreCase)]
        );
    }

    // What an ephemeral model reads, its readers read.
    private void Collect(RelationNode node, HashSet<RelationName> reads)
    {
        foreach (var parent in node.DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id)).OfType<RelationNode>())
        {
            if (parent is ModelNode { IsEphemeral: true })
            {
                Collect(parent, reads);
            }
            else
            {
                reads.Add(parent.Relation);
            }
        }
    }
}
