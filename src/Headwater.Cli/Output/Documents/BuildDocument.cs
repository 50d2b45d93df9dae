using Headwater.Cli.CommandLine;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Output.Documents;

/// <summary>What a build did, for programs.</summary>
/// <param name="RunId">Its id in the run history; null if there was nothing to do.</param>
/// <param name="Seconds">Time of the build, without the landings before it.</param>
/// <param name="Counts">How many nodes ended in which status.</param>
/// <param name="Streams">What was landed first.</param>
/// <param name="Nodes">Each node of the plan, in the order in which they ended; none if the landings failed.</param>
/// <param name="Published">Relations whose committed content changed.</param>
/// <param name="Diagnostics">Every problem: of the project, of the landings and of the nodes.</param>
internal sealed record BuildDocument(
    string? RunId,
    bool Succeeded,
    double Seconds,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<StreamDocument> Streams,
    IReadOnlyList<NodeDocument> Nodes,
    IReadOnlyList<string> Published,
    IReadOnlyList<DiagnosticDocument> Diagnostics
)
{
    /// <param name="warnings">Those of the project.</param>
    /// <param name="told">Says how diagnostics count.</param>
    public static BuildDocument Of(RunReport report, IEnumerable<Diagnostic> warnings, DiagnosticSink told) =>
        new(
            report.RunId,
            report.Succeeded && !told.HasPromoted,
            Word.Seconds(report.Build?.Elapsed ?? TimeSpan.Zero),
            Counted(status => report.Build?.Count(status) ?? 0),
            [.. report.Landings.Select(StreamDocument.Of)],
            [.. (report.Build?.Outcomes ?? []).Select(NodeDocument.Of)],
            [.. (report.Build?.Published ?? []).Select(relation => relation.ToString())],
            DiagnosticDocument.Of(told.Judged([.. warnings, .. report.Diagnostics]))
        );

    /// <summary>There was nothing to build.</summary>
    public static BuildDocument Nothing(IEnumerable<Diagnostic> warnings) =>
        new(null, Succeeded: true, 0, Counted(_ => 0), [], [], [], DiagnosticDocument.Of(warnings));

    private static Dictionary<string, int> Counted(Func<NodeStatus, int> count) =>
        Enum.GetValues<NodeStatus>().ToDictionary(status => Word.Of(status), count, StringComparer.Ordinal);
}

/// <summary>What became of a node, for programs.</summary>
/// <param name="Kind">Its dbt resource type, such as <c>model</c>.</param>
/// <param name="Status"><c>success</c>, <c>warned</c>, <c>failed</c>, <c>error</c> or <c>skipped</c>.</param>
/// <param name="Rows">Rows written by a model or seed, failing rows of a test; null where the engine does not say.</param>
/// <param name="Published">Whether a table or view was built and committed.</param>
/// <param name="Reason">Why it was skipped.</param>
internal sealed record NodeDocument(
    string UniqueId,
    string Name,
    string Kind,
    string Status,
    long? Rows,
    double Seconds,
    bool Published,
    string? Reason,
    DiagnosticDocument? Diagnostic
)
{
    public static IReadOnlyList<string> Heading { get; } =
    ["unique_id", "name", "kind", "status", "rows", "seconds", "published", "code", "message"];

    public IReadOnlyList<string?> Row =>
        [
            UniqueId,
            Name,
            Kind,
            Status,
            Rows is { } rows ? Word.Of(rows) : null,
            Word.Of(Seconds),
            Published ? "true" : "false",
            Diagnostic?.Code,
            Diagnostic?.Message ?? Reason,
        ];

    public static NodeDocument Of(NodeOutcome outcome) =>
        new(
            outcome.Node.UniqueId,
            outcome.Node.Name,
            outcome.Node.ResourceType,
            Word.Of(outcome.Status),
            outcome.Rows,
            Word.Seconds(outcome.Elapsed),
            outcome.IsPublished,
            outcome.Reason,
            outcome.Diagnostic is { } diagnostic ? DiagnosticDocument.Of(diagnostic) : null
        );
}
