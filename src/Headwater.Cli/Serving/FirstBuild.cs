using Headwater.Cli.Output;
using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;

namespace Headwater.Cli.Serving;

/// <summary>What a server does before it serves: lands what is new, and builds if that, or the project, has changed since the last build.</summary>
internal static class FirstBuild
{
    private const string Setting = "built_project";

    /// <summary>False if nothing can be served: the build failed and nothing was ever published.</summary>
    public static async Task<bool> RunAsync(
        Workspace workspace,
        LoadedProject project,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var progress = new ProgressPrinter(output);
        var fingerprint = ProjectFingerprint.Of(project.Folder);
        var built = await workspace.Platform.Settings.FindAsync(Setting, cancellationToken);
        var landed = await workspace.SyncAsync(project, [], "start", progress, cancellationToken);
        if (landed.Succeeded && landed.ChangedSources.Count == 0 && built == fingerprint)
        {
            await output.WriteLineAsync("nothing has changed since the last build");
            return true;
        }

        DiagnosticPrinter.Print(landed.Diagnostics, output);
        var report = await workspace.BuildAsync(
            project,
            new BuildRequest(new BuildOptions(), Sync: false),
            "start",
            progress,
            cancellationToken
        );
        progress.Close(report);
        DiagnosticPrinter.Print(report.Diagnostics, output);
        if (report.Succeeded)
        {
            await RememberAsync(workspace, project, cancellationToken);
            return true;
        }

        if (built is null)
        {
            return false;
        }

        await output.WriteLineAsync("serving what was published before");
        return true;
    }

    /// <summary>Notes that a project was built whole as its files are now.</summary>
    public static Task RememberAsync(Workspace workspace, LoadedProject project, CancellationToken cancellationToken) =>
        workspace.Platform.Settings.SetAsync(Setting, ProjectFingerprint.Of(project.Folder), cancellationToken);
}
