using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>What a build does, as data: snapshots of sources first, then connected parts, each with its nodes in order.</summary>
/// <param name="Early">Snapshots that read nothing that the build makes: each commits alone, so that history is never rolled back.</param>
internal sealed record BuildPlan(IReadOnlyList<BuildPart> Parts, IReadOnlyList<SnapshotNode> Early)
{
    public int NodeCount => Early.Count + Parts.Sum(part => part.Nodes.Count);

    public IEnumerable<ManifestNode> Nodes => Early.Concat(Parts.SelectMany(part => part.Nodes));
}

/// <summary>Nodes that are published together or not at all.</summary>
internal sealed record BuildPart(IReadOnlyList<ManifestNode> Nodes);
