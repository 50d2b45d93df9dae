using System.CommandLine;
using Headwater.Cli.CommandLine;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater rollback</c>: returns to what was published before the last build.</summary>
internal sealed class RollbackCommand : ICliCommand
{
    private static readonly Option<bool> Partial = new("--partial")
    {
        Description = "Also where large tables that were changed in place stay as they are",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("rollback", "Return to what was published before the last build") { Partial };
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var result = await workspace.RollbackAsync(
                            project,
                            parsed.GetValue(Partial),
                            cancellationToken
                        );
                        foreach (
                            var (word, names) in new[]
                            {
                                ("restored", result.Restored),
                                ("removed", result.Removed),
                                ("left as it is", result.Left),
                            }
                        )
                        {
                            foreach (var name in names)
                            {
                                await scope.Out.WriteLineAsync($"{word} {name}");
                            }
                        }

                        return CommandRunner.Done;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
