using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>What a build does, as data: connected parts, each with its nodes in order.</summary>
internal sealed record BuildPlan(IReadOnlyList<BuildPart> Parts)
{
    public int NodeCount => Parts.Sum(part => part.Nodes.Count);
}

/// <summary>Nodes that are published together or not at all.</summary>
internal sealed record BuildPart(IReadOnlyList<ManifestNode> Nodes);
