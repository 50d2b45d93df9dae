using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Cli.Output.Documents;
using Headwater.Modeling.Artifacts;
using Headwater.Platform.Projects;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater parse</c>: reads the project, reports all its mistakes, and writes <c>manifest.json</c>.</summary>
internal sealed class ParseCommand : ICliCommand
{
    public Command Build(CommandScope scope)
    {
        var command = new Command("parse", "Read the project and report all its mistakes");
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: false);
                scope.Diagnostics.PrintFirst(project.Warnings);
                await new ArtifactFolder(
                    GlobalOptions.TargetPath(parsed, project),
                    project.Manifest,
                    TimeProvider.System
                ).WriteManifestAsync(new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
                await scope.Error.WriteLineAsync($"read {project.Manifest.Nodes.Count} nodes");
                if (options.Output == OutputFormat.Json)
                {
                    JsonPrinter.Print(
                        new
                        {
                            nodes = project.Manifest.Nodes.Count,
                            diagnostics = DiagnosticDocument.Of(project.Warnings),
                        },
                        scope.Out
                    );
                }

                return CommandRunner.Done;
            }
        );
        return command;
    }
}
