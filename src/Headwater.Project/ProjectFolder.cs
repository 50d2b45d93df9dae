using Headwater.Kernel.Diagnostics;
using Headwater.Project.Inputs;
using Headwater.Project.Packages;
using Headwater.Project.Profiles;
using Headwater.Project.Resources.Access;
using Headwater.Project.Resources.Dashboards;
using Headwater.Project.Resources.Sources;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Project;

/// <summary>A project's folder with its packages, read and typed. What the names in it mean is for the modules that use them.</summary>
public sealed class ProjectFolder
{
    private ProjectFolder(
        string root,
        ProjectFiles files,
        IReadOnlyList<ProjectPackage> packages,
        ProjectSettings settings,
        ProfileTarget target,
        IReadOnlyList<SourceDefinition> sources,
        IReadOnlyList<DashboardDefinition> dashboards,
        IReadOnlyList<RoleDefinition> roles
    )
    {
        Root = root;
        Files = files;
        Packages = packages;
        Settings = settings;
        Target = target;
        Sources = sources;
        Dashboards = dashboards;
        Roles = roles;
    }

    /// <summary>Absolute path of the project's folder.</summary>
    public string Root { get; }

    /// <summary>What was read of the disk so far; more as more of the project is read.</summary>
    public ProjectFiles Files { get; }

    /// <summary>The installed packages, each after those it depends on; the project itself is the last.</summary>
    public IReadOnlyList<ProjectPackage> Packages { get; }

    /// <summary>The package that is the project itself.</summary>
    public ProjectPackage Package => Packages[^1];

    public string Name => Package.Name;

    public ProjectSettings Settings { get; }

    public ProfileTarget Target { get; }

    public IReadOnlyList<SourceDefinition> Sources { get; }

    public IReadOnlyList<DashboardDefinition> Dashboards { get; }

    public IReadOnlyList<RoleDefinition> Roles { get; }

    public IReadOnlyList<AccessTestDefinition> AccessTests { get; private init; } = [];

    /// <summary>Reads a project. Every mistake goes to <paramref name="diagnostics"/>; null only if there is no project at all.</summary>
    public static ProjectFolder? Load(ProjectOptions options, DiagnosticBag diagnostics)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder));
        var files = new ProjectFiles();
        var packages = new PackageLoader(root, files, options.Templates, diagnostics).Load();
        if (packages.Count == 0 || packages[^1].Root != root)
        {
            return null;
        }

        var overrides = options.Overrides;
        var project = packages[^1];
        var settings =
            project.File["headwater"] as YamlMapping ?? YamlMapping.Empty(new SourceLocation("dbt_project.yml"));
        var folder = new ProjectFolder(
            root,
            files,
            packages,
            ProjectSettings.Read(overrides.Apply(settings, "headwater"), diagnostics),
            ProfileTarget.Load(project, options, diagnostics),
            new SourceKind().Load(packages, overrides, diagnostics),
            new DashboardKind().Load(packages, overrides, diagnostics),
            new RoleKind().Load(packages, overrides, diagnostics)
        )
        {
            AccessTests = new AccessTestKind().Load(packages, overrides, diagnostics),
        };
        overrides.ReportUnused(diagnostics);
        return folder;
    }
}

/// <param name="Folder">Path of the project folder.</param>
/// <param name="Target">The profile's target, or null for its default.</param>
/// <param name="Overrides">Settings from the command line.</param>
public sealed record ProjectOptions(string Folder, string? Target, SettingOverrides Overrides)
{
    /// <summary>Renders what stands in <c>profiles.yml</c>, <c>packages.yml</c> and the project file's own settings. Default null: values are taken as written.</summary>
    public ISettingTemplates? Templates { get; init; }

    /// <summary>The profile to take. Default null: the one that <c>dbt_project.yml</c> names.</summary>
    public string? Profile { get; init; }

    /// <summary>The folder that <c>profiles.yml</c> is in. Default null: the project's, else the user's.</summary>
    public string? ProfilesFolder { get; init; }

    /// <summary>Where the user keeps profiles for all their projects; dbt's is <c>~/.dbt</c>. Default null: nowhere.</summary>
    public string? UserProfilesFolder { get; init; }
}
