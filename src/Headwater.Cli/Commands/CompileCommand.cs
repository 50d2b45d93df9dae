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
    public Command Build(CommandScope scope)
    {
        var command = new Command("compile", "Write the SQL that a build would run");
        BuildSelection.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                scope.WithInspectorAsync(
                    GlobalOptions.Read(parsed, scope),
                    async (inspector, project) =>
                    {
                        var problems = new DiagnosticBag();
                        var nodes = BuildSelection.Nodes(parsed, scope, project);
                        var compiled = await inspector.CompileAsync(nodes, problems, cancellationToken);
                        var artifacts = new ArtifactFolder(
                            BuildSelection.Target(project),
                            project.Manifest,
                            TimeProvider.System
                        );
                        await artifacts.WriteCompiledAsync(compiled, cancellationToken);
                        await artifacts.WriteManifestAsync(compiled, cancellationToken);
                        DiagnosticPrinter.Print(problems.Sorted(), scope.Error);
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
