using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Modeling.Graph;
using Headwater.Platform.Projects;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater show</c>: the first rows that a model's query gives, without building it.</summary>
internal sealed class ShowCommand : ICliCommand
{
    private static readonly Option<string?> Inline = new("--inline")
    {
        Description = "A query with Jinja, instead of a model's",
        HelpName = "SQL",
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many rows",
        DefaultValueFactory = _ => 5,
        HelpName = "N",
    };

    public Command Build(CommandScope scope)
    {
        var command = new Command("show", "Show the first rows of a model's query") { Inline, Limit };
        BuildSelection.AddLookingTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var options = GlobalOptions.Read(parsed, scope);
                return scope.WithInspectorAsync(
                    options,
                    async (inspector, project) =>
                    {
                        var table = await inspector
                            .Seeing(BuildSelection.Looking(parsed, scope))
                            .ShowAsync(
                                Chosen(scope, project, parsed, parsed.GetValue(Inline) is not null),
                                parsed.GetValue(Inline),
                                parsed.GetValue(Limit),
                                cancellationToken
                            );
                        await AnswerPrinter.PrintAsync(table, options.Output, scope.Out, cancellationToken);
                        return CommandRunner.Done;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    /// <summary>The node whose eyes an inline query sees with: any model of the project.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW9015: there is none.</exception>
    public static ManifestNode Inlined(CommandScope scope, LoadedProject project, ParseResult parsed) =>
        Chosen(scope, project, parsed, inline: true);

    private static ManifestNode Chosen(CommandScope scope, LoadedProject project, ParseResult parsed, bool inline)
    {
        var selected = BuildSelection.Selected(parsed);
        var nodes = BuildSelection
            .Nodes(parsed, scope, project)
            .Where(node => node is ModelNode or SeedNode or SnapshotNode or AnalysisNode)
            .ToList();
        return nodes switch
        {
            [var first, ..] when inline => first,
            [var single] => single,
            _ => throw CliDiagnostics.OneNodeExpected.With(string.Join(' ', selected), nodes.Count).ToException(),
        };
    }
}
