using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Query;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater sql</c>: asks one SELECT over published tables, through the same gate as everyone.</summary>
internal sealed class SqlCommand : ICliCommand
{
    private static readonly Argument<string> Statement = new("statement") { Description = "One SELECT" };

    public Command Build(CommandScope scope)
    {
        var command = new Command("sql", "Ask one SELECT over published tables") { Statement, Asker.As };
        command.SetAction(
            (parsed, cancellationToken) =>
                Asker.AskAsync(scope, parsed, new SqlQuestion(parsed.GetValue(Statement)!), cancellationToken)
        );
        return command;
    }
}
