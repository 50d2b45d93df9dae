using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Warehouse;

namespace Headwater.Platform.Workspaces;

/// <summary>The warehouse of a project, opened to look at its models: no catalog, no gate, nothing is recorded. One for a home folder at a time.</summary>
public sealed class Inspection : IAsyncDisposable
{
    private readonly WarehouseHost _warehouse;

    private Inspection(WarehouseHost warehouse, ModelInspector inspector)
    {
        _warehouse = warehouse;
        Inspector = inspector;
    }

    public ModelInspector Inspector { get; }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6xxx: the warehouse cannot be opened.</exception>
    public static async Task<Inspection> OpenAsync(
        string home,
        LoadedProject project,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        PrivateFolder.Create(home);
        var warehouse = await TargetWarehouse.OpenLaterAsync(project.Folder, home, cancellationToken);
        return new Inspection(warehouse, new ModelInspector(warehouse, project.Manifest, time));
    }

    public ValueTask DisposeAsync() => _warehouse.DisposeAsync();
}
