using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>What a failure holds back.</summary>
internal static class Blocking
{
    /// <summary>
    /// After a node: all that reads it. After a unit test: its model too. After a test: all that reads everything that the test reads,
    /// other tests left out.
    /// </summary>
    public static IEnumerable<string> BlockedBy(Manifest manifest, ManifestNode failed)
    {
        if (failed is UnitTestNode unit)
        {
            return manifest
                .Graph.Descendants(unit.ModelId)
                .Append(unit.ModelId)
                .Where(id => manifest.Nodes[id] is not UnitTestNode other || other.ModelId != unit.ModelId);
        }

        if (failed is not TestNode test)
        {
            return manifest.Graph.Descendants(failed.UniqueId);
        }

        var common = test
            .DependsOn.Select(parent => manifest.Graph.Descendants(parent))
            .Aggregate(
                (HashSet<string>?)null,
                (left, right) =>
                {
                    left?.IntersectWith(right);
                    return left ?? right;
                }
            );
        // Tests of the same node still run: the more of them report, the better. Those of blocked models are blocked with them.
        var models = (common ?? []).Where(id => manifest.Nodes[id] is not (TestNode or UnitTestNode)).ToList();
        return models.Concat(models.SelectMany(manifest.Graph.Children)).Distinct(StringComparer.Ordinal);
    }
}
