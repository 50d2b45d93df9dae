using Headwater.Platform.Projects;
using Headwater.Project;
using Headwater.Project.Yaml;

namespace Headwater.Cli.CommandLine;

/// <summary>What a project sets for its command lines, under <c>flags:</c> of its <c>dbt_project.yml</c>.</summary>
internal static class ProjectFlags
{
    /// <summary>A flag as written, or null.</summary>
    public static string? Of(LoadedProject project, string name) => Of(project.Folder, name);

    /// <summary>A flag as written, or null.</summary>
    public static string? Of(ProjectFolder project, string name) =>
        project.Package.File["flags"] is YamlMapping flags && flags[name] is YamlScalar { IsNull: false } value
            ? value.Text
            : null;
}
