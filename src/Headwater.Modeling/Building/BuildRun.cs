using System.Diagnostics;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Derived;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Lineage;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Testing;
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
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<RelationName> _published = [];
    private HashSet<RelationName>? _granted;
    private HashSet<RelationName>? _lasting;
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private int _started;
    private int _forgets;

    public IWarehouse Warehouse { get; } = warehouse;

    public WarehouseEngine Engine { get; } = WarehouseEngine.Of(warehouse.Dialect);

    public Manifest Manifest { get; } = manifest;

    public ParsedProject Project { get; } = project;

    public BuildOptions Options { get; } = options;

    public TimeProvider Clock { get; } = clock;

    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>What is in the warehouse.</summary>
    public RelationCatalog Relations { get; } = new(WarehouseEngine.Of(warehouse.Dialect));

    /// <summary>The logic by which incremental tables were built.</summary>
    public LogicWatch Logic { get; } = new();

    /// <summary>Keeps where the columns of what is built come from.</summary>
    public LineageRecorder Lineage => field ??= new LineageRecorder(this);

    /// <summary>Makes the tables that are derived from what is built.</summary>
    public DerivedTableBuilder Derived => field ??= new DerivedTableBuilder(this);

    public StoredFailures StoredFailures => field ??= new StoredFailures(this);

    public Generations Generations { get; } = new(WarehouseEngine.Of(warehouse.Dialect), manifest, clock);

    /// <summary>The number of this build, higher than that of any before.</summary>
    public long Generation { get; set; }

    public bool KeepsPrevious => Options.KeepPrevious;

    /// <summary>What nodes of this build see otherwise: relations of another environment, where the build defers to it.</summary>
    public CompileScope Scope { get; set; } = CompileScope.Build;

    /// <summary>Tests that cannot run, because something that they read is not there, by unique id: why.</summary>
    public IReadOnlyDictionary<string, Diagnostic> Lacking { get; set; } =
        new Dictionary<string, Diagnostic>(StringComparer.Ordinal);

    /// <summary>Schemas that are known to be there.</summary>
    public HashSet<string> KnownSchemas { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The relations that committed transactions of this build changed.</summary>
    public HashSet<RelationName> Changed { get; } = [];

    public IReadOnlyList<NodeOutcome> Outcomes => _outcomes;

    public IReadOnlyList<RelationName> Published => _published;

    /// <summary>How many parts that have something to publish came to an end, and how many of them were published.</summary>
    public (int Ended, int Published) Parts { get; private set; }

    public bool ShouldStop => Options.FailFast && Diagnostics.HasErrors;

    /// <summary>True if a config says who may read the relation, so that rights given otherwise are not carried over.</summary>
    public bool HasOwnGrants(RelationName name)
    {
        _granted ??=
        [
            .. Manifest
                .Nodes.Values.OfType<RelationNode>()
                .Where(node => node.Config["grants"] is Jinja.Values.JinjaDict)
                .Select(node => node.Relation),
        ];
        return _granted.Contains(name);
    }

    /// <summary>True for what no rollback takes back: the history of snapshots, and failing rows that were kept.</summary>
    public bool IsLasting(RelationName name)
    {
        _lasting ??=
        [
            .. Manifest.Snapshots.Select(snapshot => snapshot.Relation),
            .. Manifest.Tests.Select(test => Testing.StoredFailures.Fitting(Engine, test.FailureRelation)),
        ];
        return _lasting.Contains(name);
    }

    /// <summary>Adds a warning that one build says once, however many nodes it is true of.</summary>
    public void WarnOnce(Diagnostic diagnostic)
    {
        if (_warned.Add(diagnostic.Code))
        {
            Diagnostics.Add(diagnostic);
        }
    }

    /// <summary>True for the first who asks: forgetting the proofs of tests that are no more is done once a build.</summary>
    public bool TakesForgetting() => Interlocked.Exchange(ref _forgets, 1) == 0;

    public void Tell(BuildEvent step) => progress?.Report(step);

    public void Start(ManifestNode node)
    {
        _started++;
        progress?.Report(new NodeStarted(node, _started, total));
    }

    public NodeOutcome Finish(NodeOutcome outcome)
    {
        outcome = outcome with { EndedAt = Clock.GetUtcNow() };
        _places[outcome.Node.UniqueId] = _outcomes.Count;
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

    /// <summary>Skips a test that lacks something which it reads; false if it lacks nothing.</summary>
    public bool SkipIfLacking(ManifestNode node)
    {
        if (!Lacking.TryGetValue(node.UniqueId, out var diagnostic))
        {
            return false;
        }

        Start(node);
        Finish(
            new NodeOutcome(node, NodeStatus.Skipped, null, TimeSpan.Zero, diagnostic, null)
            {
                Reason = diagnostic.Message,
            }
        );
        return true;
    }

    /// <summary>Says how a part ended, and marks what of it is published.</summary>
    public void FinishPart(IReadOnlyList<ManifestNode> nodes, bool committed)
    {
        foreach (var node in committed ? nodes.OfType<RelationNode>() : [])
        {
            if (_places.TryGetValue(node.UniqueId, out var place) && _outcomes[place] is { HasResult: true } outcome)
            {
                _outcomes[place] = outcome with { IsPublished = true };
                _published.Add(node.Relation);
            }
        }

        if (nodes.OfType<RelationNode>().Any())
        {
            Parts = (Parts.Ended + 1, Parts.Published + (committed ? 1 : 0));
        }

        progress?.Report(new PartFinished(nodes, committed));
    }

    public static TimeSpan Since(long timestamp) => Stopwatch.GetElapsedTime(timestamp);
}
