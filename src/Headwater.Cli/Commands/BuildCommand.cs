using System.CommandLine;
using Headwater.Cli.CommandLine;
using Headwater.Cli.Output;
using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Commands;

/// <summary><c>headwater build</c>: lands what the selection reads, builds and tests it, and publishes it if nothing failed.</summary>
internal sealed class BuildCommand()
    : BuildingCommand("build", "Land, build, test and publish the project", BuildKinds.All)
{
    private static readonly Option<bool> NoSync = new("--no-sync") { Description = "Do not land the sources first" };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Say what would be built, why, and what it would change; build nothing",
    };

    protected override bool Lands(ParseResult parsed) => !parsed.GetValue(NoSync) && !parsed.GetValue(DryRun);

    protected override void AddOptions(Command command)
    {
        command.Options.Add(NoSync);
        command.Options.Add(DryRun);
    }

    protected override async Task<int> RunAsync(
        CommandScope scope,
        ParseResult parsed,
        Workspace workspace,
        LoadedProject project,
        CancellationToken cancellationToken
    )
    {
        if (!parsed.GetValue(DryRun))
        {
            return await base.RunAsync(scope, parsed, workspace, project, cancellationToken);
        }

        var options = BuildSelection.Read(parsed, scope, project, Name, BuildKinds.All);
        var preview = await workspace.PreviewAsync(project, options, cancellationToken);
        PreviewPrinter.Print(preview, project, GlobalOptions.Read(parsed, scope).Output, scope.Out);
        return CommandRunner.Done;
    }
}
