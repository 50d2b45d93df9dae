using System.CommandLine;
using Headwater.Cli.CommandLine;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater run-operation</c>: calls a macro.</summary>
internal sealed class RunOperationCommand : ICliCommand
{
    private static readonly Argument<string> Macro = new("macro") { Description = "Its name, or package.name" };

    private static readonly Option<string> Arguments = new("--args")
    {
        Description = "Its arguments: '{key: value}'",
        DefaultValueFactory = _ => "",
        HelpName = "YAML",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("run-operation", "Call a macro") { Macro, Arguments };
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithInspectorAsync(
                    GlobalOptions.Read(parsed, scope),
                    async (inspector, project) =>
                    {
                        await inspector.OperateAsync(
                            parsed.GetRequiredValue(Macro),
                            parsed.GetValue(Arguments) ?? "",
                            cancellationToken
                        );
                        return CommandRunner.Done;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
