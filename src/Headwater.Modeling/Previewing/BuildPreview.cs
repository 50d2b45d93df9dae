using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Previewing;

/// <summary>What a build would do with a node.</summary>
/// <param name="Action">For people: <c>make anew</c>, <c>add rows</c>, <c>test</c> …</param>
/// <param name="Reason">Why it takes part.</param>
/// <param name="Relation">What it writes; null for a test.</param>
public sealed record PreviewedNode(ManifestNode Node, string Action, string Reason, RelationName? Relation);

/// <summary>What a build would do, without doing it.</summary>
/// <param name="Parts">What is published together, each in order of building.</param>
/// <param name="Downstream">Models and exposures outside the build that read what it changes, nearest first.</param>
/// <param name="ChangedModels">Names of models whose relations change, for those who know what else reads them.</param>
public sealed record BuildPreview(
    IReadOnlyList<IReadOnlyList<PreviewedNode>> Parts,
    IReadOnlyList<ManifestNode> Downstream,
    IReadOnlyList<string> ChangedModels
);
