namespace Headwater.Platform.Runs;

/// <summary>What a run does.</summary>
public enum RunKind
{
    Sync,
    Build,
}

/// <summary>How a run, a node or a landing stands.</summary>
public enum RunState
{
    Running,
    Succeeded,

    /// <summary>It went through, with something to look at: a warning, or quarantined rows.</summary>
    Warned,
    Failed,
    Skipped,
    Cancelled,

    /// <summary>The process ended before the run did.</summary>
    Lost,
}

/// <summary>One landing or build, from start to end.</summary>
/// <param name="Cause">Why it ran: <c>schedule</c>, <c>start</c>, or who asked.</param>
/// <param name="Message">What went wrong, in a sentence.</param>
public sealed record Run(
    string Id,
    RunKind Kind,
    string Cause,
    RunState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? Message
);

/// <summary>A model, test, seed or snapshot of a build.</summary>
/// <param name="Node">Its name, such as <c>fct_orders</c>.</param>
/// <param name="Kind">Its dbt resource type, such as <c>model</c>.</param>
/// <param name="Rows">Rows built, or rows that failed a test; null where there is no such number.</param>
public sealed record NodeResult(
    string Node,
    string Kind,
    RunState State,
    TimeSpan Elapsed,
    long? Rows,
    string? Message
);

/// <summary>What came of a node when it last ran.</summary>
/// <param name="At">When the run began.</param>
public sealed record LastNodeResult(NodeResult Result, DateTimeOffset At);

/// <summary>One stream's landing. Rows read are rows landed and rows quarantined, always.</summary>
public sealed record LandingResult(
    string Source,
    string Stream,
    RunState State,
    DateTimeOffset LandedAt,
    TimeSpan Elapsed,
    long Files,
    long RowsRead,
    long RowsLanded,
    long RowsQuarantined,
    string? Message
);

/// <summary>What was last landed of the streams.</summary>
/// <param name="Attempts">The last landing of each stream, whatever came of it.</param>
/// <param name="Loads">The last one of each that read a file: a landing that finds nothing new makes no data younger.</param>
public sealed record LastLandings(IReadOnlyList<LandingResult> Attempts, IReadOnlyList<LandingResult> Loads);

/// <summary>A run with everything that happened in it, in order.</summary>
public sealed record RunDetail(Run Run, IReadOnlyList<LandingResult> Landings, IReadOnlyList<NodeResult> Nodes);
