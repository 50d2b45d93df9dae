using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Sources;
using Headwater.Warehouse;

namespace Headwater.Platform.Workspaces;

/// <summary>
/// Finds what the warehouse can tell about a project that has mistakes already, such as a column that a landed table does not have, so that it is
/// reported with them. Changes nothing.
/// </summary>
public static class MistakeSearch
{
    /// <summary>Asks the warehouse in a home folder. The caller holds the folder.</summary>
    /// <param name="home">The folder; nothing is asked where no warehouse is in it.</param>
    /// <param name="project">What could be read of the project.</param>
    /// <param name="diagnostics">What is known; receives what is found.</param>
    public static async Task RunAsync(
        string home,
        LoadedProject project,
        DiagnosticBag diagnostics,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (project.Folder.Target.Postgres is not null || !File.Exists(TargetWarehouse.FileOf(project.Folder, home)))
        {
            return;
        }

        try
        {
            var warehouse = await TargetWarehouse.OpenAsync(project.Folder, home, cancellationToken);
            await using (warehouse)
            {
                using var lander = new SourceLander(warehouse, time);
                await RunAsync(warehouse, lander, project, diagnostics, time, cancellationToken);
            }
        }
        catch (DiagnosticException)
        {
            // A warehouse that does not open is told by the first command that needs it.
        }
    }

    internal static async Task RunAsync(
        WarehouseHost warehouse,
        SourceLander lander,
        LoadedProject project,
        DiagnosticBag diagnostics,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        // A build lands first, so only what is landed wholly is as the build would find it.
        var stale = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in project.Folder.Sources)
        {
            if (!await lander.IsCurrentAsync(source, cancellationToken))
            {
                stale.Add(source.Name);
            }
        }

        var inspector = new ModelInspector(warehouse, project.Manifest, time);
        diagnostics.AddRange(
            await inspector.CheckIntactAsync(name => !stale.Contains(name), diagnostics, cancellationToken)
        );
    }
}
