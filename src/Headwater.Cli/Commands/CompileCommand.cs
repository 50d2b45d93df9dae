using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Artifacts;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater compile</c>: writes the SQL that a build would run; a single node's is printed.</summary>
internal sealed class CompileCommand : ICliCommand
{
    private static readonly Option<string?> Inline = new("--inline")
    {
        Description = "A query with Jinja, instead of a model's",
        HelpName = "SQL",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("compile", "Write the SQL that a build would run") { Inline };
        BuildSelection.AddLookingTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithInspectorAsync(
                    GlobalOptions.Read(parsed, scope),
                    async (given, project) =>
                    {
                        var inspector = given.Seeing(BuildSelection.Looking(parsed, scope));
                        if (parsed.GetValue(Inline) is { } inline)
                        {
                            var sql = await inspector.CompileInlineAsync(
                                ShowCommand.Inlined(scope, project, parsed),
                                inline,
                                cancellationToken
                            );
                            await scope.Out.WriteLineAsync(sql);
                            return CommandRunner.Done;
                        }

                        var problems = new DiagnosticBag();
                        var nodes = BuildSelection.Nodes(parsed, scope, project);
                        var compiled = await inspector.CompileAsync(nodes, problems, cancellationToken);
                        var artifacts = new ArtifactFolder(
                            GlobalOptions.TargetPath(parsed, project),
                            project.Manifest,
                            TimeProvider.System
                        );
                        await artifacts.WriteCompiledAsync(compiled, cancellationToken);
                        await artifacts.WriteManifestAsync(compiled, cancellationToken);
                        scope.Diagnostics.Print(problems.Sorted());
                        var exit = problems.HasErrors ? CommandRunner.Failed : CommandRunner.Done;
                        if (GlobalOptions.OutputOf(parsed) == OutputFormat.Json)
                        {
                            JsonPrinter.Print(
                                new
                                {
                                    succeeded = !problems.HasErrors,
                                    nodes = compiled.Select(node => new
                                    {
                                        unique_id = node.Key,
                                        compiled_sql = node.Value,
                                    }),
                                    diagnostics = DiagnosticDocument.Of([.. project.Warnings, .. problems]),
                                },
                                scope.Out
                            );
                            return exit;
                        }

                        var named = nodes.Where(node =>
                            compiled.ContainsKey(node.UniqueId) && node.ResourceType != "test"
                        );
                        if (BuildSelection.Selected(parsed).Count > 0 && named.ToList() is [var single])
                        {
                            await scope.Out.WriteLineAsync(compiled[single.UniqueId]);
                        }
                        else
                        {
                            await scope.Error.WriteLineAsync($"compiled {compiled.Count} nodes");
                        }

                        return exit;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
