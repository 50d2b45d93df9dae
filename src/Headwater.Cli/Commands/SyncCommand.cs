using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater sync</c>: lands what is new in the sources.</summary>
internal sealed class SyncCommand : ICliCommand
{
    private static readonly Argument<string[]> Sources = new("source")
    {
        Description = "Names of sources (default: all)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("sync", "Land what is new in the sources") { Sources };
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var progress = new ProgressPrinter(scope.Error);
                        var report = await workspace.SyncAsync(
                            project,
                            parsed.GetValue(Sources) ?? [],
                            "command line",
                            progress,
                            cancellationToken
                        );
                        progress.Close(report);
                        scope.Diagnostics.Print(report.Diagnostics);
                        Print(
                            SyncDocument.Of(report, project.Warnings, scope.Diagnostics),
                            GlobalOptions.OutputOf(parsed),
                            scope.Out
                        );
                        return report.Succeeded ? CommandRunner.Done : CommandRunner.Failed;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    // People have read it as it happened.
    private static void Print(SyncDocument document, OutputFormat format, TextWriter output)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonPrinter.Print(document, output);
                break;
            case OutputFormat.Csv:
                CsvTable.Print([StreamDocument.Heading, .. document.Streams.Select(stream => stream.Row)], output);
                break;
        }
    }
}
