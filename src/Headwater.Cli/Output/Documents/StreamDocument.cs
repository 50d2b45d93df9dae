using Headwater.Cli.CommandLine;
using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Workspaces;
using Headwater.Sources.Landing;

namespace Headwater.Cli.Output.Documents;

/// <summary>What landing a stream did, for programs. Rows read are rows landed and rows quarantined, always.</summary>
/// <param name="Status"><c>landed</c>, <c>unchanged</c> or <c>failed</c>.</param>
internal sealed record StreamDocument(
    string Source,
    string Stream,
    string Status,
    int Files,
    long RowsRead,
    long RowsLanded,
    long RowsQuarantined,
    double Seconds,
    IReadOnlyList<DiagnosticDocument> Diagnostics
)
{
    public static IReadOnlyList<string> Heading { get; } =
    ["source", "stream", "status", "files", "rows_read", "rows_landed", "rows_quarantined", "seconds", "message"];

    public IReadOnlyList<string?> Row =>
        [
            Source,
            Stream,
            Status,
            Word.Of(Files),
            Word.Of(RowsRead),
            Word.Of(RowsLanded),
            Word.Of(RowsQuarantined),
            Word.Of(Seconds),
            Diagnostics.Count > 0 ? Diagnostics[0].Message : null,
        ];

    public static StreamDocument Of(StreamLanding landing) =>
        new(
            landing.Source,
            landing.Stream,
            landing.Failed ? "failed"
                : landing.Changed ? "landed"
                : "unchanged",
            landing.Files,
            landing.RowsRead,
            landing.RowsLanded,
            landing.RowsQuarantined,
            Word.Seconds(landing.Elapsed),
            DiagnosticDocument.Of(landing.Diagnostics)
        );
}

/// <summary>What <c>headwater sync</c> did.</summary>
/// <param name="RunId">Its id in the run history.</param>
/// <param name="Diagnostics">Those of the project and of all streams.</param>
internal sealed record SyncDocument(
    string RunId,
    bool Succeeded,
    IReadOnlyList<StreamDocument> Streams,
    IReadOnlyList<DiagnosticDocument> Diagnostics
)
{
    /// <param name="warnings">Those of the project.</param>
    /// <param name="told">Says how diagnostics count.</param>
    public static SyncDocument Of(RunReport report, IEnumerable<Diagnostic> warnings, DiagnosticSink told) =>
        new(
            report.RunId,
            report.Succeeded && !told.HasPromoted,
            [.. report.Landings.Select(StreamDocument.Of)],
            DiagnosticDocument.Of(told.Judged([.. warnings, .. report.Diagnostics]))
        );
}
