using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Project.Profiles;

/// <summary>The database that a project builds into: one output of <c>profiles.yml</c>, or the built-in one.</summary>
/// <param name="ProfileName">The profile that <c>dbt_project.yml</c> names.</param>
/// <param name="Name">The target's name: <c>target.name</c>.</param>
/// <param name="Type">Adapter: <c>duckdb</c>.</param>
/// <param name="Schema">Default schema of models.</param>
/// <param name="Output">The whole output as written, for what an adapter needs beside these.</param>
public sealed record ProfileTarget(string ProfileName, string Name, string Type, string Schema, YamlMapping Output)
{
    /// <summary>The schema that models go to when no profile says otherwise: off the engine's search path, so that names fail closed.</summary>
    public const string DefaultSchema = "analytics";

    /// <summary>Reads <c>profiles.yml</c> beside the project; without that file the target is an embedded DuckDB below the home folder.</summary>
    internal static ProfileTarget Load(ProjectPackage project, string? targetName, DiagnosticBag diagnostics)
    {
        var profile = (project.File["profile"] as YamlScalar)?.Text ?? project.Name;
        var path = Path.Combine(project.Root, "profiles.yml");
        if (!File.Exists(path) || project.Yaml(path) is not { } file)
        {
            return new ProfileTarget(
                profile,
                targetName ?? "dev",
                "duckdb",
                DefaultSchema,
                YamlMapping.Empty(new SourceLocation("profiles.yml"))
            );
        }

        var entry = file[profile] as YamlMapping;
        var name = targetName ?? (entry?["target"] as YamlScalar)?.Text ?? "default";
        var outputs = entry?["outputs"] as YamlMapping;
        if (outputs?[name] is not YamlMapping output)
        {
            var known = entry is null
                ? file.Entries.Select(item => item.Key.Text)
                : outputs?.Entries.Select(item => item.Key.Text) ?? [];
            diagnostics.Add(
                ProjectDiagnostics.ProfileMissing.At(file.Location, profile, name) with
                {
                    Hint = NearestName.Hint(entry is null ? profile : name, [.. known]),
                }
            );
            output = YamlMapping.Empty(file.Location);
        }

        return new ProfileTarget(
            profile,
            name,
            (output["type"] as YamlScalar)?.Text ?? "duckdb",
            (output["schema"] as YamlScalar)?.Text ?? DefaultSchema,
            output
        );
    }
}
