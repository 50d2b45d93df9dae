using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Cli.CommandLine;

/// <summary>
/// Where a command runs: at a terminal, or inside the server that holds the files, on behalf of one. Commands know only this, so they do the same in
/// both places.
/// </summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where progress and diagnostics go.</param>
/// <param name="Folder">The caller's current folder: relative paths start here.</param>
/// <param name="Arguments">The whole command line.</param>
/// <param name="Held">The workspace of the server that this runs in, or null.</param>
internal sealed record CommandScope(
    TextWriter Out,
    TextWriter Error,
    string Folder,
    IReadOnlyList<string> Arguments,
    Workspace? Held
)
{
    /// <summary>Where diagnostics go, as the command's options want them.</summary>
    public DiagnosticSink Diagnostics { get; init; } = new(Error, WarningPolicy.None, isQuiet: false);

    /// <summary>Runs work on the workspace of a home folder: the server's own, through a server that holds it, or opened for this command.</summary>
    /// <param name="options">Which project and home.</param>
    /// <param name="withFiles">Whether the work lands files, so that missing ones are reported with the rest.</param>
    /// <param name="work">What to do.</param>
    /// <returns>The work's exit code.</returns>
    public Task<int> WithWorkspaceAsync(
        GlobalOptions options,
        bool withFiles,
        Func<Workspace, LoadedProject, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        WithHomeAsync(
            options,
            withFiles,
            _ => true,
            work,
            async project =>
            {
                var workspace = await Workspace.OpenAsync(
                    options.Workspace,
                    project,
                    TimeProvider.System,
                    NullLogger.Instance,
                    cancellationToken
                );
                await using (workspace)
                {
                    return await work(workspace, project);
                }
            },
            cancellationToken
        );

    /// <summary>Runs work that only looks at models and sources, in the same places. Opens no catalog.</summary>
    /// <returns>The work's exit code.</returns>
    public Task<int> WithInspectorAsync(
        GlobalOptions options,
        Func<ModelInspector, LoadedProject, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        WithHomeAsync(
            options,
            withFiles: false,
            // On a server reading waits for nobody, and of the home folder nothing is written but files of this command's own.
            project => project.Folder.Target.Postgres is null,
            (workspace, project) => work(workspace.Inspect(project), project),
            async project =>
            {
                var inspection = await Inspection.OpenAsync(
                    options.Home,
                    project,
                    TimeProvider.System,
                    cancellationToken
                );
                await using (inspection)
                {
                    return await work(inspection.Inspector, project);
                }
            },
            cancellationToken
        );

    private async Task<int> WithHomeAsync(
        GlobalOptions options,
        bool withFiles,
        Func<LoadedProject, bool> needsHome,
        Func<Workspace, LoadedProject, Task<int>> inServer,
        Func<LoadedProject, Task<int>> alone,
        CancellationToken cancellationToken
    )
    {
        if (Held is null && Remote.ServerFile.Find(options.Home) is { } server)
        {
            return await Remote.RemoteCommand.RunAsync(server, this, cancellationToken);
        }

        var project = await LoadAsync(options, withFiles, cancellationToken);
        Diagnostics.PrintFirst(project.Warnings);
        if (Held is not null && Held.Project.Folder.Target.Name != project.Folder.Target.Name)
        {
            throw CliDiagnostics.HeldForOtherTarget.With(Held.Project.Folder.Target.Name).ToException();
        }

        if (Held is not null)
        {
            return Held.Project.Folder.Root == project.Folder.Root
                ? await inServer(Held, project)
                : throw CliDiagnostics.HeldByOther.With(Held.Project.Folder.Root).ToException();
        }

        if (!needsHome(project))
        {
            return await alone(project);
        }

        using var held = await HomeLock.TakeAsync(
            options.Home,
            Arguments.Count > 0 ? $"headwater {Arguments[0]}" : "headwater",
            Error,
            TimeProvider.System,
            cancellationToken
        );
        return await alone(project);
    }

    // Whoever is going to land and build is told also what the warehouse knows to be wrong.
    private async Task<LoadedProject> LoadAsync(
        GlobalOptions options,
        bool withFiles,
        CancellationToken cancellationToken
    )
    {
        var diagnostics = new DiagnosticBag();
        var project = LoadedProject.Read(options.Project, options.Modeling, withFiles, diagnostics);
        if (project is not null && withFiles && diagnostics.HasErrors)
        {
            if (Held is null)
            {
                using var held = HomeLock.TakeIfFree(options.Home, Arguments.Count > 0 ? Arguments[0] : "headwater");
                if (held is not null)
                {
                    await MistakeSearch.RunAsync(
                        options.Home,
                        project,
                        diagnostics,
                        TimeProvider.System,
                        cancellationToken
                    );
                }
            }
            else if (
                Held.Project.Folder.Root == project.Folder.Root
                && Held.Project.Folder.Target.Name == project.Folder.Target.Name
            )
            {
                await Held.FindMistakesAsync(project, diagnostics, cancellationToken);
            }
        }

        diagnostics.ThrowIfErrors();
        return project ?? throw new DiagnosticException(diagnostics.Sorted());
    }

    /// <summary>An absolute path of one that the caller wrote.</summary>
    public string FullPath(string path) => Path.GetFullPath(Path.Combine(Folder, path));

    /// <exception cref="DiagnosticException">HW9009.</exception>
    public void RequireLocal(string command)
    {
        if (Held is not null)
        {
            throw CliDiagnostics.OnlyLocal.With(command).ToException();
        }
    }
}
