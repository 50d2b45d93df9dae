using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Metrics.Requests;
using Headwater.Platform.Workspaces;
using Headwater.Query;
using Headwater.Query.Passports;

namespace Headwater.Cli.Commands;

/// <summary>Asks the gate a question of the command line and prints the answer.</summary>
internal static class Asker
{
    /// <summary>The option that narrows what is seen to one user's view.</summary>
    public static Option<string> As { get; } =
        new("--as") { Description = "See only what this user may see", HelpName = "USER" };

    public static Task<int> AskAsync(
        CommandScope scope,
        ParseResult parsed,
        Question question,
        CancellationToken cancellationToken,
        bool explains = false
    )
    {
        var options = GlobalOptions.Read(parsed, scope);
        return scope.WithWorkspaceAsync(
            options,
            withFiles: false,
            async (workspace, _) =>
            {
                var principal = await PrincipalAsync(workspace, parsed.GetValue(As), cancellationToken);
                var inquiry = new Inquiry(question, principal, QuestionPath.CommandLine, Environment.MachineName);
                var reply = await workspace.Gate.AskAsync(inquiry, cancellationToken);
                await AnswerPrinter.PrintAsync(reply.Answer, options.Output, scope.Out, cancellationToken);
                if (reply.Answer.NextCursor is { } next)
                {
                    await scope.Error.WriteLineAsync($"next page: --cursor {next}");
                }

                if (explains && (question as PageQuestion)?.Of is var of && (of ?? question) is MetricQuestion metric)
                {
                    await ExplainAsync(workspace, metric.Request, principal, options.Output, scope, cancellationToken);
                }

                return CommandRunner.Done;
            },
            cancellationToken
        );
    }

    // Beside the answer, so that a program at a pipe gets the answer alone.
    private static async Task ExplainAsync(
        Workspace workspace,
        MetricRequest request,
        Principal principal,
        OutputFormat format,
        CommandScope scope,
        CancellationToken cancellationToken
    )
    {
        var passport = await workspace.Passports.IssueAsync(
            new PassportInquiry(request, principal, QuestionPath.CommandLine, Environment.MachineName),
            cancellationToken
        );
        if (format == OutputFormat.Json)
        {
            JsonPrinter.Print(passport, scope.Error);
        }
        else
        {
            PassportPrinter.Print(passport, scope.Error);
        }
    }

    /// <summary>Whose view a command takes.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW9006.</exception>
    public static async Task<Principal> PrincipalAsync(
        Workspace workspace,
        string? name,
        CancellationToken cancellationToken
    )
    {
        if (name is null)
        {
            return Principal.Operator;
        }

        var user = await workspace.Platform.Users.FindAsync(name, cancellationToken);
        return user?.ToPrincipal() ?? throw CliDiagnostics.UnknownUser.With(name).ToException();
    }
}
