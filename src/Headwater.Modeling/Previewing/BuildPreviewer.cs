using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Publishing;

namespace Headwater.Modeling.Previewing;

/// <summary>Says what a build would do. Reads the warehouse's catalog, and changes nothing.</summary>
/// <param name="hasOtherLogic">Whether the rows of a node's table were built by other SQL than it has now.</param>
internal sealed class BuildPreviewer(
    Manifest manifest,
    BuildOptions options,
    RelationCatalog relations,
    Func<RelationNode, bool> hasOtherLogic
)
{
    public BuildPreview Preview()
    {
        var plan = new BuildPlanner(manifest).Plan(options);
        var named = Named();
        var parts = plan
            .Early.Select(node => (IReadOnlyList<ManifestNode>)[node])
            .Concat(plan.Parts.Select(part => part.Nodes))
            .Select(nodes => (IReadOnlyList<PreviewedNode>)[.. nodes.Select(node => Describe(node, named))])
            .ToList();
        var built = plan.Nodes.OfType<RelationNode>().Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
        var below = built.SelectMany(id => manifest.Graph.Descendants(id)).ToHashSet(StringComparer.Ordinal);
        var downstream = manifest
            .Graph.InOrder()
            .Where(node => (node is ModelNode or SnapshotNode or ExposureNode) && !built.Contains(node.UniqueId))
            .Where(node => below.Contains(node.UniqueId))
            .ToList();
        return new BuildPreview(
            parts,
            downstream,
            [.. plan.Nodes.Concat(downstream).Where(node => node is ModelNode or SeedNode).Select(node => node.Name)]
        );
    }

    // What the selection names itself; all else comes with it.
    private HashSet<string> Named() =>
        new Selection.SelectionEvaluator(manifest)
            .Select([.. options.Select.Select(text => text.Trim('+', '@'))], [])
            .ToHashSet(StringComparer.Ordinal);

    private PreviewedNode Describe(ManifestNode node, HashSet<string> named)
    {
        var relation = (node as RelationNode)?.Relation;
        return new PreviewedNode(node, Action(node), Reason(node, named), relation);
    }

    private string Action(ManifestNode node)
    {
        var existing = node is RelationNode relation ? relations.Find(relation.Relation) : null;
        return node switch
        {
            TestNode or UnitTestNode => "test",
            SnapshotNode => existing is null ? "begin history" : "add history",
            SeedNode => existing is null ? "load" : "load again",
            _ when existing is null => $"make {node.Config.Materialized}",
            _ when node.Config.Materialized == "incremental" => existing.Kind == RelationKind.Table
            && !IsFullRefresh(node)
                ? AddRows((RelationNode)node)
                : "make anew",
            _ => "replace",
        };
    }

    private string AddRows(RelationNode node) =>
        !hasOtherLogic(node) ? "add rows"
        : node.Config.Text("on_logic_change") == "full_refresh" ? "make anew: its SQL has changed"
        : "add rows by other SQL than its old ones; --full-refresh makes it anew";

    private bool IsFullRefresh(ManifestNode node) => node.Config.Flag("full_refresh") ?? options.FullRefresh;

    private string Reason(ManifestNode node, HashSet<string> named)
    {
        if (options.Select.Count == 0)
        {
            return "everything is built";
        }

        if (node is TestNode or UnitTestNode)
        {
            return $"tests {string.Join(", ", node.DependsOn.Select(id => manifest.Nodes[id].Name))}";
        }

        if (named.Contains(node.UniqueId))
        {
            return "selected";
        }

        var ancestors = manifest.Graph.Ancestors(node.UniqueId);
        var above = named
            .Where(ancestors.Contains)
            .Select(id => manifest.Nodes[id].Name)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return above is not null ? $"reads {above}" : "read by what is selected";
    }
}
