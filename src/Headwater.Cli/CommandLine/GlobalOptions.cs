using System.CommandLine;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Cli.CommandLine;

public enum OutputFormat
{
    Table,
    Json,
    Csv,

    /// <summary>Of <c>ls</c> alone: names.</summary>
    Name,

    /// <summary>Of <c>ls</c> alone: files.</summary>
    Path,

    /// <summary>Of <c>ls</c> alone: what selects each node.</summary>
    Selector,
}

/// <summary>The options that every command has, as given.</summary>
/// <param name="Home">Absolute path of the home folder.</param>
internal sealed record GlobalOptions(ProjectOptions Project, string Home, OutputFormat Output)
{
    private static readonly Option<string> ProjectOption = new("--project", "--project-dir")
    {
        Description = "Folder of the project (default: here)",
        Recursive = true,
        HelpName = "DIR",
    };

    private static readonly Option<string> HomeOption = new("--home")
    {
        Description = "Folder of data and catalog (default: <project>/.headwater)",
        Recursive = true,
        HelpName = "DIR",
    };

    private static readonly Option<string[]> SetOption = new("--set")
    {
        Description = "A setting over those of the files; may be repeated",
        Recursive = true,
        HelpName = "KEY=VALUE",
    };

    private static readonly Option<string> TargetOption = new("--target", "-t")
    {
        Description = "Target of profiles.yml",
        Recursive = true,
        HelpName = "NAME",
    };

    private static readonly Option<string> ProfileOption = new("--profile")
    {
        Description = "Profile of profiles.yml (default: the one that dbt_project.yml names)",
        Recursive = true,
        HelpName = "NAME",
    };

    private static readonly Option<string> TargetPathOption = new("--target-path")
    {
        Description = "Folder of artifacts (default: $DBT_TARGET_PATH, target-path of dbt_project.yml, target)",
        Recursive = true,
        HelpName = "DIR",
    };

    private static readonly Option<bool> QuietOption = new("--quiet", "-q")
    {
        Description = "Say nothing but errors and results",
        Recursive = true,
    };

    private static readonly Option<bool> WarnErrorOption = new("--warn-error")
    {
        Description = "Warnings count as errors",
        Recursive = true,
    };

    private static readonly Option<string?> WarnErrorOptionsOption = new("--warn-error-options")
    {
        Description = "Which do: '{error: all, warn: [HW2133], silence: [HW2108]}'",
        Recursive = true,
        HelpName = "YAML",
    };

    private static readonly Option<string> VarsOption = new("--vars")
    {
        Description = "Variables of templates: '{key: value}'",
        Recursive = true,
        DefaultValueFactory = _ => "",
        HelpName = "YAML",
    };

    private static readonly Option<bool> NoPartialParseOption = new("--no-partial-parse")
    {
        Description = "Read and parse all files, though none has changed since the last time",
        Recursive = true,
    };

    private static readonly Option<bool> PartialParseOption = new("--partial-parse")
    {
        Recursive = true,
        Hidden = true,
    };

    private static readonly Option<string> ProfilesOption = new("--profiles-dir")
    {
        Description = "Folder of profiles.yml (default: $DBT_PROFILES_DIR, the project's, ~/.dbt)",
        Recursive = true,
        HelpName = "DIR",
    };

    private static readonly Option<OutputFormat> OutputOption = new("--output")
    {
        Description = "table for people, json or csv for programs",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public required ModelingOptions Modeling { get; init; }

    public WorkspaceOptions Workspace =>
        new(Home, Project, Modeling, Environment.GetEnvironmentVariable("HEADWATER_ADMIN_PASSWORD"));

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(ProjectOption);
        root.Options.Add(HomeOption);
        root.Options.Add(SetOption);
        root.Options.Add(TargetOption);
        root.Options.Add(ProfileOption);
        root.Options.Add(TargetPathOption);
        root.Options.Add(QuietOption);
        root.Options.Add(WarnErrorOption);
        root.Options.Add(WarnErrorOptionsOption);
        root.Options.Add(VarsOption);
        root.Options.Add(ProfilesOption);
        root.Options.Add(NoPartialParseOption);
        root.Options.Add(PartialParseOption);
        root.Options.Add(OutputOption);
        foreach (var option in DbtOnlyOptions.All)
        {
            root.Options.Add(option);
        }
    }

    /// <summary>The scope with its diagnostics, and what is told beside them, as the options want them.</summary>
    /// <exception cref="DiagnosticException">HW2153: <c>--warn-error-options</c> is no mapping.</exception>
    public static CommandScope Told(ParseResult parsed, CommandScope scope)
    {
        var isQuiet = parsed.GetValue(QuietOption);
        var policy =
            parsed.GetValue(WarnErrorOptionsOption) is { } given ? WarningPolicy.Parse(given)
            : parsed.GetValue(WarnErrorOption) ? WarningPolicy.All
            : WarningPolicy.None;
        return scope with
        {
            Diagnostics = new DiagnosticSink(scope.Error, policy, isQuiet),
            Error = isQuiet ? TextWriter.Null : scope.Error,
        };
    }

    /// <summary>The folder of a project's artifacts, as dbt looks for it: the command line, the environment, the project.</summary>
    public static string TargetPath(ParseResult parsed, LoadedProject project) => TargetPath(parsed, project.Folder);

    private static string TargetPath(ParseResult parsed, ProjectFolder project) =>
        Path.GetFullPath(
            Path.Combine(
                project.Root,
                parsed.GetValue(TargetPathOption)
                    ?? Environment.GetEnvironmentVariable("DBT_TARGET_PATH")
                    ?? (project.Package.File["target-path"] as YamlScalar)?.Text
                    ?? "target"
            )
        );

    /// <exception cref="DiagnosticException">HW9001.</exception>
    public static GlobalOptions Read(ParseResult parsed, CommandScope scope)
    {
        var output = parsed.GetValue(OutputOption);
        if (output > OutputFormat.Csv && parsed.CommandResult.Command.Name != "ls")
        {
            throw CliDiagnostics.OnlyListed.With(output.ToString().ToLowerInvariant()).ToException();
        }

        var folder = scope.FullPath(parsed.GetValue(ProjectOption) ?? ".");
        var home = parsed.GetValue(HomeOption) is { } given
            ? scope.FullPath(given)
            : Path.Combine(folder, ".headwater");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in parsed.GetValue(SetOption) ?? [])
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw CliDiagnostics.BadSetting.With(setting).ToException();
            }

            settings[setting[..equals]] = setting[(equals + 1)..];
        }

        var project = new ProjectOptions(
            folder,
            parsed.GetValue(TargetOption),
            new SettingOverrides(settings, scope.Folder)
        )
        {
            Profile = parsed.GetValue(ProfileOption),
            ProfilesFolder = ProfilesFolder(parsed, scope),
            UserProfilesFolder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dbt"),
        };
        return new GlobalOptions(project, home, output)
        {
            Modeling = new ModelingOptions
            {
                Variables = ModelingVariables.Parse(parsed.GetValue(VarsOption) ?? "", "--vars"),
                Log = (_, text) => scope.Error.WriteLine(text),
                KeptIn = folder => KeepsParse(parsed, folder) ? TargetPath(parsed, folder) : null,
            },
        };
    }

    /// <summary>How results are written, of a command line that may be wrong elsewhere; a table if it is wrong there.</summary>
    public static OutputFormat OutputOf(ParseResult parsed) =>
        parsed.GetResult(OutputOption) is { } given && given.Errors.Any()
            ? OutputFormat.Table
            : parsed.GetValue(OutputOption);

    // As dbt looks for it: the command line, the environment, the project.
    private static bool KeepsParse(ParseResult parsed, ProjectFolder project) =>
        parsed.GetValue(PartialParseOption)
        || (
            !parsed.GetValue(NoPartialParseOption)
            && (
                Environment.GetEnvironmentVariable("DBT_PARTIAL_PARSE") is { Length: > 0 } given
                    ? given
                    : ProjectFlags.Of(project, "partial_parse")
            )?.ToLowerInvariant()
                is not ("false" or "0" or "no" or "off" or "f" or "n")
        );

    private static string? ProfilesFolder(ParseResult parsed, CommandScope scope) =>
        (parsed.GetValue(ProfilesOption) ?? Environment.GetEnvironmentVariable("DBT_PROFILES_DIR"))
            is { Length: > 0 } given
            ? scope.FullPath(given)
            : null;
}
