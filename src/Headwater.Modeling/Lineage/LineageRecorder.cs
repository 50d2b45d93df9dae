using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;
using Headwater.Sql.Lineage;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Modeling.Lineage;

/// <summary>
/// Keeps the lineage of what a build publishes beside it, written in the build's own transaction. Traces again only what is made by other SQL than
/// before, or of other columns. One instance a build; for one part at a time.
/// </summary>
internal sealed class LineageRecorder(BuildRun run)
{
    private readonly ColumnReader _columns = new(run);
    private Dictionary<RelationName, string> _digests = [];

    /// <summary>Reads what earlier builds have traced.</summary>
    public async ValueTask LoadAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        _digests = await PublishedLineage.ReadDigestsAsync(connection, cancellationToken);

    /// <summary>Notes the lineage of built relations, within the transaction that publishes them, before it does.</summary>
    public async ValueTask RecordAsync(
        Publication publication,
        IReadOnlyList<NodeOutcome> built,
        CancellationToken cancellationToken
    )
    {
        var traced = built
            .Where(outcome => outcome is { Node: ModelNode or SnapshotNode, CompiledSql.Length: > 0 })
            .Select(outcome => ((RelationNode)outcome.Node, outcome.CompiledSql!))
            .ToList();
        if (traced.Count == 0)
        {
            return;
        }

        var reads = traced.ToDictionary(item => item.Item1.Relation, item => Reads(item.Item1));
        _columns.Forget(built.Select(outcome => outcome.Node).OfType<RelationNode>().Select(node => node.Relation));
        await _columns.ReadAsync(
            publication,
            [.. reads.Keys, .. reads.Values.SelectMany(names => names)],
            cancellationToken
        );
        var changed = traced
            .Select(item => (Node: item.Item1, Sql: item.Item2, Digest: Digest(item.Item1, item.Item2, reads)))
            .Where(item => _digests.GetValueOrDefault(item.Node.Relation) != item.Digest)
            .ToList();
        if (changed.Count == 0)
        {
            return;
        }

        var builder = new LineageBuilder(run.Engine.Dialect, _columns.Find);
        var lineages = await Task.Run(
            () =>
                builder.Trace([
                    .. changed.Select(item => new CompiledRelation(
                        item.Node,
                        item.Sql,
                        _columns.Find(item.Node.Relation)
                    )),
                ]),
            cancellationToken
        );
        await PublishedLineage.PutAsync(
            publication.Connection,
            run.Engine.Dialect,
            run.Generation,
            [
                .. changed.Zip(
                    lineages,
                    (item, lineage) =>
                        new PublishedLineageRow(item.Node.Relation, item.Digest, LineageJson.Text(lineage))
                ),
            ],
            cancellationToken
        );

        // Should the transaction not commit, the next that builds these relations is of another build.
        foreach (var item in changed)
        {
            _digests[item.Node.Relation] = item.Digest;
        }
    }

    // What an ephemeral model reads, its readers read.
    private List<RelationName> Reads(ManifestNode node) =>
        [
            .. node
                .DependsOn.Select(id => run.Manifest.Nodes.GetValueOrDefault(id))
                .OfType<RelationNode>()
                .SelectMany(parent => parent is ModelNode { IsEphemeral: true } ? Reads(parent) : [parent.Relation])
                .Distinct(),
        ];

    private string Digest(RelationNode node, string sql, Dictionary<RelationName, List<RelationName>> reads)
    {
        var text = new StringBuilder(sql).Append('\0').Append(LineageFormat).Append(node.UniqueId);
        foreach (var relation in reads[node.Relation].Prepend(node.Relation))
        {
            text.Append('\0').Append(relation);
            foreach (var column in _columns.Find(relation) ?? [])
            {
                text.Append('\0').Append(column);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Raised when tracing says more or otherwise than before, so that what is kept is traced again.
    private const char LineageFormat = '1';
}
