using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Serving;
using Headwater.Modeling.Building;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater build</c>: lands what the selection reads, builds and tests it, and publishes it if nothing failed.</summary>
internal sealed class BuildCommand : ICliCommand
{
    private static readonly Option<string[]> Select = new("--select", "-s")
    {
        Description = "What to build, in dbt's syntax: +orders, tag:nightly, path:models/marts",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "SELECTION",
    };

    private static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "What to leave out, in the same syntax",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "SELECTION",
    };

    private static readonly Option<bool> FullRefresh = new("--full-refresh")
    {
        Description = "Rebuild incremental models from nothing",
    };

    private static readonly Option<bool> NoSync = new("--no-sync") { Description = "Do not land the sources first" };

    private static readonly Option<bool> NoAtomic = new("--no-atomic")
    {
        Description = "Publish node by node, as dbt does",
    };

    private static readonly Option<bool> FailFast = new("--fail-fast", "-x")
    {
        Description = "End at the first failure",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("build", "Land, build, test and publish the project")
        {
            Select,
            Exclude,
            FullRefresh,
            NoSync,
            NoAtomic,
            FailFast,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: !parsed.GetValue(NoSync),
                    async (workspace, project) =>
                    {
                        var request = Read(parsed);
                        var progress = new ProgressPrinter(scope.Error);
                        var report = await workspace.BuildAsync(
                            project,
                            request,
                            "command line",
                            progress,
                            cancellationToken
                        );
                        progress.Close(report);
                        if (report.Succeeded && request.Options is { Select.Count: 0, Exclude.Count: 0 })
                        {
                            await FirstBuild.RememberAsync(workspace, project, cancellationToken);
                        }

                        DiagnosticPrinter.Print(report.Diagnostics, scope.Error);
                        return report.Succeeded ? CommandRunner.Done : CommandRunner.Failed;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static BuildRequest Read(ParseResult parsed) =>
        new(
            new BuildOptions
            {
                Select = parsed.GetValue(Select) ?? [],
                Exclude = parsed.GetValue(Exclude) ?? [],
                FullRefresh = parsed.GetValue(FullRefresh),
                Atomic = !parsed.GetValue(NoAtomic),
                FailFast = parsed.GetValue(FailFast),
            },
            Sync: !parsed.GetValue(NoSync)
        );
}
