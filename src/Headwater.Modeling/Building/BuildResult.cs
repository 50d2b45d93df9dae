using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>How a node ended.</summary>
public enum NodeStatus
{
    /// <summary>Built, or a test that passed.</summary>
    Success,

    /// <summary>A test that found something, but not enough to fail.</summary>
    Warned,

    /// <summary>A test that failed.</summary>
    Failed,

    /// <summary>The SQL was wrong or failed while running.</summary>
    Error,

    /// <summary>Not run, because something that it needs failed.</summary>
    Skipped,
}

/// <summary>What became of one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Status">How it ended. See <see cref="IsPublished"/> for whether readers see it.</param>
/// <param name="Rows">Rows written by a model or seed, failing rows of a test; null where the engine does not say.</param>
/// <param name="Elapsed">Time it took.</param>
/// <param name="Diagnostic">What was wrong, or why it was skipped.</param>
/// <param name="CompiledSql">The SQL that ran.</param>
public sealed record NodeOutcome(
    ManifestNode Node,
    NodeStatus Status,
    long? Rows,
    TimeSpan Elapsed,
    Diagnostic? Diagnostic,
    string? CompiledSql
)
{
    /// <summary>Why a node was skipped, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How much of the time went into compiling it.</summary>
    public TimeSpan Compiling { get; init; }

    /// <summary>The batches of a microbatch model; null for any other node.</summary>
    public BatchResults? Batches { get; init; }

    /// <summary>True if there is something to commit: all that was asked for, or some batches of a model.</summary>
    internal bool HasResult => Status == NodeStatus.Success || Batches is { IsPartial: true };

    /// <summary>True if a table or view was built and committed.</summary>
    public bool IsPublished { get; init; }
}

/// <summary>The outcome of a build. One that fails is a result, not an exception.</summary>
/// <param name="Outcomes">One for each node of the plan, in the order in which they ended.</param>
/// <param name="Published">Relations whose committed content changed.</param>
/// <param name="Diagnostics">Every problem, those of the outcomes included.</param>
/// <param name="Elapsed">Time of the whole build.</param>
public sealed record BuildResult(
    IReadOnlyList<NodeOutcome> Outcomes,
    IReadOnlyList<RelationName> Published,
    IReadOnlyList<Diagnostic> Diagnostics,
    TimeSpan Elapsed
)
{
    /// <summary>How many parts of the build had something to publish: connected ones, or single nodes where each is published by itself.</summary>
    public int Parts { get; init; }

    /// <summary>How many of them were published.</summary>
    public int PublishedParts { get; init; }

    /// <summary>True if nothing failed: what was asked for is published.</summary>
    public bool Succeeded => Diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);

    public int Count(NodeStatus status) => Outcomes.Count(outcome => outcome.Status == status);
}
