using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output.Documents;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater retry</c>: what did not succeed in the last run, again, by the same command.</summary>
internal sealed class RetryCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var command = new Command("retry", "Run again what did not succeed in the last run");
        BuildSelection.AddBuildingTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var format = GlobalOptions.OutputOf(parsed);
                        var folder = parsed.GetValue(BuildSelection.State) is { } state
                            ? scope.FullPath(state)
                            : GlobalOptions.TargetPath(parsed, project);
                        var last = EarlierRun.ReadUnfinished(folder);
                        if (last.Ids.Count == 0)
                        {
                            await scope.Error.WriteLineAsync("nothing failed in the last run");
                            BuildingCommand.Print(BuildDocument.Nothing(project.Warnings), format, scope.Out);
                            return CommandRunner.Done;
                        }

                        var options = BuildSelection.Read(parsed, scope, project, last.Command, BuildKinds.All) with
                        {
                            Only = last.Ids,
                            Batches = last.Batches,
                        };
                        return await BuildingCommand.RunAsync(
                            scope,
                            parsed,
                            new BuildRequest(options, Sync: false),
                            workspace,
                            project,
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
