using Headwater.Modeling;
using Headwater.Project;

namespace Headwater.Platform.Workspaces;

/// <summary>Which project is opened, and where its data and catalog live.</summary>
/// <param name="Home">Folder of the warehouse, the catalog and the audit log; made if absent.</param>
/// <param name="Project">The project's folder, target and overrides.</param>
/// <param name="Modeling">What templates see of the outside.</param>
/// <param name="AdministratorPassword">Password of the first administrator, or null: they get a link.</param>
public sealed record WorkspaceOptions(
    string Home,
    ProjectOptions Project,
    ModelingOptions Modeling,
    string? AdministratorPassword
)
{
    public PlatformOptions Platform => new(Home) { AdministratorPassword = AdministratorPassword };
}

/// <summary>What to build.</summary>
/// <param name="Options">Selection and manner.</param>
/// <param name="Sync">Whether the sources that the selection reads are landed first.</param>
public sealed record BuildRequest(Modeling.Building.BuildOptions Options, bool Sync);
