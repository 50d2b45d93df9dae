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
    private static readonly Option<string[]> Keys = new("--output-keys")
    {
        Description = "Which keys --output json gives",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "KEY",
    };

    static ListCommand() => Keys.RefuseOptions();

    public Command Build(CommandScope scope)
    {
        var command = new Command("ls", "List what a selection means") { Keys };
        command.Aliases.Add("list");
        BuildSelection.AddTo(command);
        command.SetAction(parsed => Run(scope, parsed));
        return command;
    }

    private static int Run(CommandScope scope, ParseResult parsed)
    {
        var options = GlobalOptions.Read(parsed, scope);
        var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: false);
        scope.Diagnostics.PrintFirst(project.Warnings);
        var keys = (parsed.GetValue(Keys) ?? []).SelectMany(text => text.Split(' ')).ToList();
        var nodes = BuildSelection
            .Nodes(parsed, scope, project)
            .OrderBy(node => node.ResourceType, StringComparer.Ordinal)
            .ThenBy(node => node.UniqueId, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            scope.Out.WriteLine(
                options.Output switch
                {
                    OutputFormat.Json => Json(node, keys),
                    OutputFormat.Name => node.Name,
                    OutputFormat.Path => node.Path,
                    _ => Selector(node),
                }
            );
        }

        return CommandRunner.Done;
    }

    private static string Json(ManifestNode node, List<string> keys)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = node.Name,
            ["resource_type"] = node.ResourceType,
            ["package_name"] = node.Package,
            ["original_file_path"] = node.Path,
            ["unique_id"] = node.UniqueId,
            ["alias"] = (node as RelationNode)?.Relation.Name ?? node.Name,
            ["tags"] = node.Tags,
            ["fqn"] = node.Fqn,
            ["depends_on"] = new { nodes = node.DependsOn },
        };
        return JsonSerializer.Serialize(
            keys.Count == 0
                ? values
                : values.Where(pair => keys.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal)
        );
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
