using System.CommandLine;
using System.Text.Json;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Modeling.Graph;
using Headwater.Platform.Projects;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater ls</c>: what a selection means.</summary>
internal sealed class ListCommand : ICliCommand
{
    private static readonly Option<string[]> Kinds = new("--resource-type")
    {
        Description = "model, seed, snapshot, source, test, unit_test, analysis, exposure; all where it is left out",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "TYPE",
    };

    public Command Build(CommandScope scope)
    {
        Kinds.RefuseOptions();
        var command = new Command("ls", "List what a selection means") { Kinds };
        command.Aliases.Add("list");
        BuildSelection.AddTo(command);
        command.SetAction(parsed => Run(scope, parsed));
        return command;
    }

    private static int Run(CommandScope scope, ParseResult parsed)
    {
        var options = GlobalOptions.Read(parsed, scope);
        var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: false);
        DiagnosticPrinter.Print(project.Warnings, scope.Error);
        var kinds = parsed.GetValue(Kinds) ?? [];
        var nodes = BuildSelection
            .Nodes(parsed, scope, project)
            .Where(node => kinds.Length == 0 || kinds.Contains("all") || kinds.Contains(node.ResourceType))
            .OrderBy(node => node.ResourceType, StringComparer.Ordinal)
            .ThenBy(node => node.UniqueId, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            scope.Out.WriteLine(
                options.Output == OutputFormat.Json
                    ? JsonSerializer.Serialize(
                        new
                        {
                            name = node.Name,
                            resource_type = node.ResourceType,
                            package_name = node.Package,
                            original_file_path = node.Path,
                            unique_id = node.UniqueId,
                            tags = node.Tags,
                            depends_on = new { nodes = node.DependsOn },
                        }
                    )
                    : Selector(node)
            );
        }

        return CommandRunner.Done;
    }

    // As dbt prints it: what selects just this node.
    private static string Selector(ManifestNode node) =>
        node switch
        {
            SourceNode source => $"source:{source.Package}.{source.SourceName}.{source.Name}",
            ExposureNode or SemanticNode => $"{node.ResourceType}:{node.Package}.{node.Name}",
            _ => string.Join('.', node.Fqn),
        };
}
