using System.Diagnostics;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>What the parts of one build share, and what they report. For one part at a time.</summary>
internal sealed class BuildRun(
    IWarehouse warehouse,
    Manifest manifest,
    ParsedProject project,
    BuildOptions options,
    TimeProvider clock,
    IProgress<BuildEvent>? progress,
    int total
)
{
    private readonly List<NodeOutcome> _outcomes = [];
    private readonly List<RelationName> _published = [];
    private int _started;

    public IWarehouse Warehouse { get; } = warehouse;

    public Manifest Manifest { get; } = manifest;

    public ParsedProject Project { get; } = project;

    public BuildOptions Options { get; } = options;

    public TimeProvider Clock { get; } = clock;

    public DiagnosticBag Diagnostics { get; } = new();

    public IReadOnlyList<NodeOutcome> Outcomes => _outcomes;

    public IReadOnlyList<RelationName> Published => _published;

    public bool ShouldStop => Options.FailFast && Diagnostics.HasErrors;

    public void Start(ManifestNode node)
    {
        _started++;
        progress?.Report(new NodeStarted(node, _started, total));
    }

    public NodeOutcome Finish(NodeOutcome outcome)
    {
        _outcomes.Add(outcome);
        if (outcome.Diagnostic is { } diagnostic)
        {
            Diagnostics.Add(diagnostic);
        }

        progress?.Report(new NodeFinished(outcome, _started, total));
        return outcome;
    }

    public void Skip(ManifestNode node, string reason)
    {
        Start(node);
        Finish(new NodeOutcome(node, NodeStatus.Skipped, null, TimeSpan.Zero, null, null) { Reason = reason });
    }

    /// <summary>Says how a part ended, and marks what of it is published.</summary>
    public void FinishPart(IReadOnlyList<ManifestNode> nodes, bool committed)
    {
        if (committed)
        {
            for (var index = 0; index < _outcomes.Count; index++)
            {
                var outcome = _outcomes[index];
                if (outcome is { Status: NodeStatus.Success, Node: RelationNode node } && nodes.Contains(outcome.Node))
                {
                    _outcomes[index] = outcome with { IsPublished = true };
                    _published.Add(node.Relation);
                }
            }
        }

        progress?.Report(new PartFinished(nodes, committed));
    }

    public static TimeSpan Since(long timestamp) => Stopwatch.GetElapsedTime(timestamp);
}
