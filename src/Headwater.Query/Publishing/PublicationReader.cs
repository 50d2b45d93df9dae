using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;
using Headwater.Query.Masking;
using Headwater.Sql.Lineage;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Publishing;

/// <summary>Reads from the warehouse what a build has published beside its tables. Safe for several threads.</summary>
internal sealed class PublicationReader(IWarehouse warehouse)
{
    private PublishedMap? _lineage;

    /// <summary>Everything that the gate answers from.</summary>
    /// <param name="metrics">What the tables mean.</param>
    /// <param name="roles">Who may see what of them.</param>
    /// <param name="classified">The columns of which the project says how sensitive they are.</param>
    /// <param name="maskKey">The key of hashed values.</param>
    public async Task<Publication> ReadAsync(
        MetricModel metrics,
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ClassifiedColumn> classified,
        string maskKey,
        CancellationToken cancellationToken
    )
    {
        var relations = await RelationReader.ReadAsync(warehouse, cancellationToken);
        var masks = await ReadMasksAsync(roles, relations, classified, maskKey, cancellationToken);
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            return new Publication(
                metrics,
                roles,
                relations,
                await PublishedProofs.ReadAllAsync(connection, cancellationToken),
                await PublishedRollups.ReadAllAsync(connection, cancellationToken),
                masks,
                warehouse.Dialect
            );
        }
    }

    /// <summary>
    /// The lineage of what is published: read when first asked for, and again when something else is published. Two who ask at once may both read it: that does no
    /// harm.
    /// </summary>
    public async ValueTask<LineageMap> LineageAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _lineage) is { } known && known.Publication == publication)
        {
            return known.Map;
        }

        var map = await ReadLineageAsync(cancellationToken);
        Volatile.Write(ref _lineage, new PublishedMap(publication, map));
        return map;
    }

    /// <summary>When each table was last changed.</summary>
    public async Task<IReadOnlyDictionary<RelationName, DateTimeOffset>> ChangesAsync(
        CancellationToken cancellationToken
    )
    {
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            return await PublishedVersions.ReadTimesAsync(connection, cancellationToken);
        }
    }

    // The map of tags costs the size of the lineage: only where somebody masks anything.
    private async Task<Func<IReadOnlyList<RoleDefinition>, MaskSet>> ReadMasksAsync(
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ReachableRelation> relations,
        IReadOnlyList<ClassifiedColumn> classified,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (roles.All(role => role.Masks.Count == 0))
        {
            return _ => MaskSet.Empty;
        }

        var lineage = await ReadLineageAsync(cancellationToken);
        var tags = new TagMap(relations, [.. classified, .. NamedTags.Of(roles, relations)], lineage);
        return held => MaskSet.Of(held, relations, tags, key);
    }

    private async Task<LineageMap> ReadLineageAsync(CancellationToken cancellationToken)
    {
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var documents = await PublishedLineage.ReadAllAsync(connection, cancellationToken);
            return new LineageMap(documents.Select(LineageJson.Read));
        }
    }

    private sealed record PublishedMap(Publication Publication, LineageMap Map);
}
