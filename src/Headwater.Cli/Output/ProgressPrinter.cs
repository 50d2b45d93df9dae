using System.Globalization;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Platform.Workspaces;
using Headwater.Sources.Landing;

namespace Headwater.Cli.Output;

/// <summary>Writes the steps of a run as they happen, a line each.</summary>
internal sealed class ProgressPrinter(TextWriter output) : IProgress<WorkspaceEvent>
{
    public void Report(WorkspaceEvent value)
    {
        switch (value)
        {
            case RunQueued:
                output.WriteLine("waiting for another run to end");
                break;
            case StreamFinished { Landing: var landing }:
                Landed(landing);
                break;
            case BuildStep { Event: BuildStarted started }:
                output.WriteLine($"building {started.Nodes} nodes");
                break;
            case BuildStep { Event: BuildWaiting waiting }:
                output.WriteLine($"waiting for another build of this target: {waiting.Holder}");
                break;
            case BuildStep { Event: NodeFinished finished }:
                Built(finished);
                break;
            // Of a single node its own line has said it, and tests publish nothing.
            case BuildStep { Event: PartFinished { Committed: false, Nodes.Count: > 1 } part }
                when part.Nodes.OfType<RelationNode>().Any():
                output.WriteLine($"nothing published of {part.Nodes.Count} connected nodes");
                break;
        }
    }

    /// <summary>One line that says how it ended.</summary>
    public void Close(RunReport report)
    {
        if (report.Build is { } build)
        {
            var parts = new[]
            {
                Counted(build.Count(NodeStatus.Success), "ok"),
                Counted(build.Count(NodeStatus.Warned), "warned"),
                Counted(build.Count(NodeStatus.Failed), "failed"),
                Counted(build.Count(NodeStatus.Error), "in error"),
                Counted(build.Count(NodeStatus.Skipped), "skipped"),
            };
            var counts = string.Join(", ", parts.OfType<string>());
            output.WriteLine(
                counts.Length == 0
                    ? $"{(build.Succeeded ? "nothing to do" : "nothing published")} in {Seconds(build.Elapsed)}"
                    : $"{Verdict(build)}: {counts} in {Seconds(build.Elapsed)}"
            );
        }
        else if (report.Succeeded && report.Landings.Count > 0 && report.ChangedSources.Count == 0)
        {
            output.WriteLine("nothing new in the sources");
        }
    }

    private static string Verdict(BuildResult build) =>
        build switch
        {
            { Parts: 0 } => build.Succeeded ? "passed" : "not passed",
            { Succeeded: true } => "published",
            { PublishedParts: 0 } => "not published",
            _ => $"published {build.PublishedParts} of {build.Parts} parts",
        };

    private static string? Counted(int count, string word) => count == 0 ? null : $"{count} {word}";

    private void Landed(StreamLanding landing)
    {
        var name = $"{landing.Source}.{landing.Stream}";
        var result =
            landing.Failed ? "failed"
            : !landing.Changed ? "nothing new"
            : $"{Number(landing.RowsLanded)} rows from {landing.Files} file{(landing.Files == 1 ? "" : "s")}"
                + (landing.RowsQuarantined > 0 ? $", {Number(landing.RowsQuarantined)} quarantined" : "");
        output.WriteLine($"  landed {name, -44} {result}  {Seconds(landing.Elapsed)}");
    }

    private void Built(NodeFinished finished)
    {
        var outcome = finished.Outcome;
        var status = outcome.Status switch
        {
            NodeStatus.Success => "ok",
            NodeStatus.Warned => "WARN",
            NodeStatus.Failed => "FAIL",
            NodeStatus.Error => "ERROR",
            _ => "skipped",
        };
        var width = finished.Total.ToString(CultureInfo.InvariantCulture).Length;
        var place = finished.Index.ToString(CultureInfo.InvariantCulture).PadLeft(width);
        var rows = outcome.Rows is { } count && outcome.Node.ResourceType != "test" ? $"{Number(count)} rows" : "";
        output.WriteLine(
            $"  [{place}/{finished.Total}] {outcome.Node.ResourceType, -9} {Shorten(NodeTitle.Of(outcome.Node)), -60} {status, -7} {rows, 16} {Seconds(outcome.Elapsed), 8}"
        );
    }

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..59] + "…";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan elapsed) =>
        elapsed.TotalSeconds.ToString(elapsed.TotalSeconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";
}
