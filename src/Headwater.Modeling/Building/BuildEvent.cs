using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>What a build tells while it runs.</summary>
public abstract record BuildEvent;

/// <summary>The plan is made.</summary>
public sealed record BuildStarted(int Nodes, int Parts) : BuildEvent;

/// <summary>A node starts. Index counts from 1 over the whole build.</summary>
public sealed record NodeStarted(ManifestNode Node, int Index, int Total) : BuildEvent;

/// <summary>A node ended.</summary>
public sealed record NodeFinished(NodeOutcome Outcome, int Index, int Total) : BuildEvent;

/// <summary>A connected part was published, or not.</summary>
public sealed record PartFinished(IReadOnlyList<ManifestNode> Nodes, bool Committed) : BuildEvent;

/// <summary>Another build of the target is running; this one waits for it.</summary>
/// <param name="Holder">Who runs it, for people.</param>
public sealed record BuildWaiting(string Holder) : BuildEvent;
