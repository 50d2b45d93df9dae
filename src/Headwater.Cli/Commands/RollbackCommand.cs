using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Modeling.Publishing;

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
                        Print(result, GlobalOptions.OutputOf(parsed), scope.Out);
                        return CommandRunner.Done;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static void Print(RollbackResult result, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            JsonPrinter.Print(
                new
                {
                    restored = result.Restored.Select(name => name.ToString()),
                    removed = result.Removed.Select(name => name.ToString()),
                    left = result.Left.Select(name => name.ToString()),
                },
                output
            );
            return;
        }

        var rows = result
            .Restored.Select(name => ("restored", $"{name}"))
            .Concat(result.Removed.Select(name => ("removed", $"{name}")))
            .Concat(result.Left.Select(name => ("left as it is", $"{name}")))
            .ToList();
        if (format == OutputFormat.Csv)
        {
            CsvTable.Print(
                [
                    ["outcome", "relation"],
                    .. rows.Select(row => new[] { row.Item1, row.Item2 }),
                ],
                output
            );
            return;
        }

        foreach (var (word, name) in rows)
        {
            output.WriteLine($"{word} {name}");
        }
    }
}
