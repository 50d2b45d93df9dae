using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater debug</c>: whether the project can be read and its warehouse reached.</summary>
internal sealed class DebugCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var command = new Command("debug", "Say whether the project can be read and its warehouse reached");
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                return scope.WithWorkspaceAsync(
                    options,
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var target = project.Folder.Target;
                        if (options.Output == OutputFormat.Json)
                        {
                            JsonPrinter.Print(
                                new
                                {
                                    project = project.Folder.Root,
                                    home = options.Home,
                                    profile = target.ProfileName,
                                    target = target.Name,
                                    schema = target.Schema,
                                    nodes = project.Manifest.Nodes.Count,
                                    warehouse = await workspace.Inspect(project).AskVersionAsync(cancellationToken),
                                },
                                scope.Out
                            );
                            return CommandRunner.Done;
                        }

                        await scope.Out.WriteLineAsync($"project    {project.Folder.Root}");
                        await scope.Out.WriteLineAsync($"home       {options.Home}");
                        await scope.Out.WriteLineAsync($"profile    {target.ProfileName}, target {target.Name}");
                        await scope.Out.WriteLineAsync($"schema     {target.Schema}");
                        await scope.Out.WriteLineAsync($"nodes      {project.Manifest.Nodes.Count}");
                        var version = await workspace.Inspect(project).AskVersionAsync(cancellationToken);
                        await scope.Out.WriteLineAsync($"warehouse  {version}");
                        return CommandRunner.Done;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }
}
