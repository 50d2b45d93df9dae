using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>
/// Finds the tests that came along with one of their nodes, while another is neither built by this run nor there: nothing can be said about these, and
/// they hold nothing back. A test of which nothing is there, or whose source is not, fails as it should.
/// </summary>
internal static class LackingTests
{
    /// <summary>Why each of them cannot run, by unique id.</summary>
    public static IReadOnlyDictionary<string, Diagnostic> Of(BuildRun run, BuildPlan plan)
    {
        var built = plan.Nodes.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
        var lacking = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        foreach (var test in plan.Nodes.OfType<TestNode>())
        {
            var read = Read(run.Manifest, test).ToList();
            var missing = read.Where(node => !built.Contains(node.UniqueId) && !IsThere(run, node)).ToList();
            if (missing.Count > 0 && missing.Count < read.Count)
            {
                lacking[test.UniqueId] = ModelingDiagnostics.TestLacksRelation.At(
                    test.Location,
                    test.Name,
                    string.Join(", ", missing.Select(node => $"{node.ResourceType} {node.Name} ({node.Relation})"))
                );
            }
        }

        return lacking;
    }

    private static bool IsThere(BuildRun run, RelationNode node) =>
        node is SourceNode
        || node.Database is not null
        || run.Scope.Replaced.ContainsKey(node.UniqueId)
        || run.Relations.Find(node.Relation) is not null;

    // An ephemeral model has no table: what it reads must be there.
    private static IEnumerable<RelationNode> Read(Manifest manifest, ManifestNode node) =>
        node
            .DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id))
            .OfType<RelationNode>()
            .SelectMany(parent => parent is ModelNode { IsEphemeral: true } ? Read(manifest, parent) : [parent])
            .Distinct();
}
