using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Packages;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Project.Profiles;

/// <summary>The database that a project builds into: one output of <c>profiles.yml</c>, or the built-in one.</summary>
/// <param name="ProfileName">The profile that <c>dbt_project.yml</c> names.</param>
/// <param name="Name">The target's name: <c>target.name</c>.</param>
/// <param name="Type">Adapter: <c>duckdb</c> or <c>postgres</c>.</param>
/// <param name="Schema">Default schema of models.</param>
/// <param name="Output">The whole output, its templates rendered: secrets included.</param>
public sealed record ProfileTarget(string ProfileName, string Name, string Type, string Schema, YamlMapping Output)
{
    /// <summary>The schema that models go to when no profile says otherwise: off the engine's search path, so that names fail closed.</summary>
    public const string DefaultSchema = "analytics";

    private static readonly string[] Types = ["duckdb", "postgres"];

    /// <summary>The database server, for a target of type <c>postgres</c>; else null.</summary>
    public PostgresProfile? Postgres { get; init; }

    /// <summary>The file of a target of type <c>duckdb</c>; null for that of the home folder.</summary>
    public DuckDbFile? DuckDb { get; init; }

    /// <summary>
    /// Reads <c>profiles.yml</c>: the one of the folder that is asked for, else the one beside the project, else the user's own if it has the profile. Without any
    /// the target is an embedded DuckDB below the home folder.
    /// </summary>
    internal static ProfileTarget Load(ProjectPackage project, ProjectOptions options, DiagnosticBag diagnostics)
    {
        var (targetName, templates) = (options.Target, options.Templates);
        var profile = options.Profile ?? (project.File["profile"] as YamlScalar)?.Text ?? project.Name;
        if (FindFile(project, profile, options, diagnostics) is not { } file)
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
        var name = targetName ?? Rendered(entry?["target"], templates, diagnostics)?.Text ?? "default";
        var outputs = entry?["outputs"] as YamlMapping;
        if (outputs?[name] is not YamlMapping output)
        {
            var known = entry is null
                ? file.Entries.Select(item => item.Key.Text)
                : outputs?.Entries.Select(item => item.Key.Text) ?? [];
            diagnostics.Add(
                (
                    entry is null
                        ? ProjectDiagnostics.ProfileUnknown.At(file.Location, profile)
                        : ProjectDiagnostics.ProfileMissing.At(file.Location, profile, name)
                ) with
                {
                    Hint = NearestName.Hint(entry is null ? profile : name, [.. known]),
                }
            );
            output = YamlMapping.Empty(file.Location);
        }

        output = output with
        {
            Entries =
            [
                .. output.Entries.Select(item =>
                    item with
                    {
                        Value = Rendered(item.Value, templates, diagnostics) ?? item.Value,
                    }
                ),
            ],
        };
        var type = output["type"] as YamlScalar;
        if (type is not null && !Types.Contains(type.Text, StringComparer.Ordinal))
        {
            diagnostics.Add(
                ProjectDiagnostics.NotAccepted.At(type.Location, "type", type.Text, string.Join(", ", Types))
            );
        }

        var schema = (output["schema"] as YamlScalar)?.Text ?? DefaultSchema;
        return new ProfileTarget(profile, name, type?.Text ?? "duckdb", schema, output)
        {
            DuckDb = type?.Text is null or "duckdb" ? DuckDbFile.Read(output, schema, project.Root, diagnostics) : null,
            Postgres = type?.Text == "postgres" ? PostgresProfile.Read(output, project.Root, diagnostics) : null,
        };
    }

    private static YamlMapping? FindFile(
        ProjectPackage project,
        string profile,
        ProjectOptions options,
        DiagnosticBag diagnostics
    )
    {
        const string name = "profiles.yml";
        if (options.ProfilesFolder is { } asked)
        {
            var path = Path.Combine(asked, name);
            if (!project.HasFile(path))
            {
                diagnostics.Add(ProjectDiagnostics.PathMissing.With(path));
                return null;
            }

            return project.Yaml(path);
        }

        var beside = Path.Combine(project.Root, name);
        if (project.HasFile(beside))
        {
            return project.Yaml(beside);
        }

        // The user's file is for all their projects: those that it does not know are none of its business.
        return
            options.UserProfilesFolder is { } own
            && Path.Combine(own, name) is var shared
            && project.HasFile(shared)
            && project.Yaml(shared) is { } known
            && known[profile] is not null
            ? known
            : null;
    }

    private static YamlScalar? Rendered(YamlNode? value, ISettingTemplates? templates, DiagnosticBag diagnostics) =>
        value is not YamlScalar scalar ? null
        : templates is null ? scalar
        : templates.Render(scalar, givesSecrets: true, diagnostics);

    // The output holds secrets: it is not printed.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(System.Globalization.CultureInfo.InvariantCulture, $"{ProfileName}.{Name}: {Type}");
        return true;
    }
}
