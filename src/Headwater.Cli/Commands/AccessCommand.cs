using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater access</c>: shows that roles show what they should.</summary>
internal sealed class AccessCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var test = new Command("test", "Ask what access/tests/*.yml ask, as those that they name, and compare");
        test.SetAction(
            (parsed, cancellationToken) =>
                scope.WithWorkspaceAsync(
                    GlobalOptions.Read(parsed, scope),
                    withFiles: false,
                    async (workspace, project) =>
                    {
                        var results = await workspace.TestAccessAsync(project, cancellationToken);
                        var failed = results.Count(result => result.Failure is not null);
                        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
                        {
                            JsonPrinter.Print(
                                new
                                {
                                    passed = results.Count - failed,
                                    failed,
                                    tests = results.Select(result => new
                                    {
                                        name = result.Name,
                                        passed = result.Failure is null,
                                        problem = result.Failure?.Message,
                                    }),
                                },
                                scope.Out
                            );
                        }
                        else
                        {
                            foreach (var result in results)
                            {
                                scope.Out.WriteLine($"{(result.Failure is null ? "ok    " : "FAILED")} {result.Name}");
                            }

                            scope.Out.WriteLine($"{results.Count - failed} passed, {failed} failed");
                        }

                        foreach (var result in results)
                        {
                            if (result.Failure is { } failure)
                            {
                                scope.Diagnostics.Print([failure]);
                            }
                        }

                        return failed == 0 ? CommandRunner.Done : CommandRunner.Failed;
                    },
                    cancellationToken
                )
        );
        return new Command("access", "Who may see what") { test };
    }
}
