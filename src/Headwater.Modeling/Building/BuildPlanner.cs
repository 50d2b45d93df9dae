using Headwater.Modeling.Derived;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Building;

/// <summary>
/// Plans a build: selects, orders, and splits into parts that share no model. Sources connect nothing, but their tests go with the
/// models that read them, so that a failing one holds these back.
/// </summary>
internal sealed class BuildPlanner(Manifest manifest)
{
    public BuildPlan Plan(BuildOptions options)
    {
        var selected = new SelectionEvaluator(manifest, options.State, options.Indirect)
            .Select(options.Select, options.Exclude)
            .Where(id => options.Only?.Contains(id) ?? true)
            .ToHashSet(StringComparer.Ordinal);
        selected.RemoveWhere(id => !TakesPart(manifest.Nodes[id], options.Kinds));
        var order = manifest.Graph.InOrder();
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in selected)
        {
            parts[id] = id;
        }

        foreach (var id in selected)
        {
            foreach (var neighbour in Neighbours(id).Where(selected.Contains))
            {
                parts[Root(parts, id)] = Root(parts, neighbour);
            }
        }

        // What a derived table reads is published together with it.
        var inputs = new DerivedInputs(manifest);
        foreach (var table in options.Derived)
        {
            var read = inputs.Of(table).Select(node => node.UniqueId).Where(parts.ContainsKey).ToList();
            foreach (var id in read.Skip(1))
            {
                parts[Root(parts, id)] = Root(parts, read[0]);
            }
        }

        var runnable = order
            .Where(node => selected.Contains(node.UniqueId) && node is not ModelNode { IsEphemeral: true })
            .ToList();
        var early = EarlySnapshots(runnable);
        var grouped = UnitTestsFirst(runnable.Where(node => !early.Contains(node)))
            .GroupBy(node => Root(parts, node.UniqueId), StringComparer.Ordinal)
            .Select(group => new BuildPart([.. group]));
        return new BuildPlan([.. grouped], [.. runnable.OfType<SnapshotNode>().Where(early.Contains)]);
    }

    // Those that read nothing that this build makes, directly or through ephemeral models.
    private HashSet<ManifestNode> EarlySnapshots(IReadOnlyList<ManifestNode> runnable)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var early = new HashSet<ManifestNode>();
        foreach (var node in runnable)
        {
            if (node is SnapshotNode && !manifest.ReadsAny(node, made))
            {
                early.Add(node);
            }
            else if (node is RelationNode)
            {
                made.Add(node.UniqueId);
            }
        }

        return early;
    }

    // Their model need not be built to find that its logic is wrong; what it reads must be, for the types.
    private static IEnumerable<ManifestNode> UnitTestsFirst(IEnumerable<ManifestNode> nodes)
    {
        var list = nodes.ToList();
        var tests = list.OfType<UnitTestNode>().ToLookup(test => test.ModelId, StringComparer.Ordinal);
        var placed = new HashSet<ManifestNode>();
        foreach (var node in list)
        {
            foreach (var test in node is ModelNode ? tests[node.UniqueId] : [])
            {
                placed.Add(test);
                yield return test;
            }

            if (node is not UnitTestNode || !placed.Contains(node))
            {
                yield return node;
            }
        }
    }

    private static bool TakesPart(ManifestNode node, BuildKinds kinds) =>
        node switch
        {
            ModelNode => kinds.HasFlag(BuildKinds.Models),
            SeedNode => kinds.HasFlag(BuildKinds.Seeds),
            TestNode => kinds.HasFlag(BuildKinds.Tests),
            SnapshotNode => kinds.HasFlag(BuildKinds.Snapshots),
            UnitTestNode => kinds.HasFlag(BuildKinds.UnitTests),
            _ => false,
        };

    private IEnumerable<string> Neighbours(string id)
    {
        foreach (var parent in manifest.Graph.Parents(id))
        {
            switch (manifest.Nodes.GetValueOrDefault(parent))
            {
                // An ephemeral model is part of whatever reads it, selected or not.
                case ModelNode { IsEphemeral: true }:
                    yield return parent;
                    foreach (var above in Neighbours(parent))
                    {
                        yield return above;
                    }

                    break;
                case SourceNode when manifest.Nodes[id] is TestNode:
                    foreach (
                        var reader in manifest.Graph.Children(parent).Where(child => manifest.Nodes[child] is ModelNode)
                    )
                    {
                        yield return reader;
                    }

                    break;
                case SourceNode or null:
                    break;
                default:
                    yield return parent;
                    break;
            }
        }
    }

    private static string Root(Dictionary<string, string> parts, string id)
    {
        while (parts[id] != id)
        {
            parts[id] = parts[parts[id]];
            id = parts[id];
        }

        return id;
    }
}
