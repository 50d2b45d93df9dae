using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater seed</c>: CSV files of the project.</summary>
internal sealed class SeedCommand() : BuildingCommand("seed", "Load the seeds", BuildKinds.Seeds)
{
    private const int Rows = 10;

    private static readonly Option<bool> Show = new("--show") { Description = "Show the first rows of what is loaded" };

    protected override void AddOptions(Command command) => command.Options.Add(Show);

    protected override async Task<int> RunAsync(
        CommandScope scope,
        ParseResult parsed,
        Workspace workspace,
        LoadedProject project,
        CancellationToken cancellationToken
    )
    {
        var exit = await base.RunAsync(scope, parsed, workspace, project, cancellationToken);
        if (exit == CommandRunner.Done && parsed.GetValue(Show) && GlobalOptions.OutputOf(parsed) == OutputFormat.Table)
        {
            var inspector = workspace.Inspect(project);
            foreach (var seed in BuildSelection.Nodes(parsed, scope, project).OfType<SeedNode>())
            {
                await scope.Out.WriteLineAsync(seed.Name);
                var table = await inspector.ShowAsync(seed, null, Rows, cancellationToken);
                await AnswerPrinter.PrintAsync(table, OutputFormat.Table, scope.Out, cancellationToken);
            }
        }

        return exit;
    }
}
