using System.CommandLine;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Platform.Workspaces;
using Headwater.Project;
using Headwater.Project.Settings;

namespace Headwater.Cli.CommandLine;

public enum OutputFormat
{
    Table,
    Json,
    Csv,
}

/// <summary>The options that every command has, as given.</summary>
/// <param name="Home">Absolute path of the home folder.</param>
internal sealed record GlobalOptions(ProjectOptions Project, string Home, OutputFormat Output)
{
    private static readonly Option<string> ProjectOption = new("--project")
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

    private static readonly Option<string> TargetOption = new("--target")
    {
        Description = "Target of profiles.yml",
        Recursive = true,
        HelpName = "NAME",
    };

    private static readonly Option<string> VarsOption = new("--vars")
    {
        Description = "Variables of templates: '{key: value}'",
        Recursive = true,
        DefaultValueFactory = _ => "",
        HelpName = "YAML",
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
        root.Options.Add(VarsOption);
        root.Options.Add(ProfilesOption);
        root.Options.Add(OutputOption);
    }

    /// <exception cref="DiagnosticException">HW9001.</exception>
    public static GlobalOptions Read(ParseResult parsed, CommandScope scope)
    {
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
            ProfilesFolder = ProfilesFolder(parsed, scope),
            UserProfilesFolder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dbt"),
        };
        return new GlobalOptions(project, home, parsed.GetValue(OutputOption))
        {
            Modeling = new ModelingOptions
            {
                Variables = ModelingVariables.Parse(parsed.GetValue(VarsOption) ?? "", "--vars"),
                Log = (_, text) => scope.Error.WriteLine(text),
            },
        };
    }

    /// <summary>How results are written, of a command line that may be wrong elsewhere; a table if it is wrong there.</summary>
    public static OutputFormat OutputOf(ParseResult parsed) =>
        parsed.GetResult(OutputOption) is { } given && given.Errors.Any()
            ? OutputFormat.Table
            : parsed.GetValue(OutputOption);

    private static string? ProfilesFolder(ParseResult parsed, CommandScope scope) =>
        (parsed.GetValue(ProfilesOption) ?? Environment.GetEnvironmentVariable("DBT_PROFILES_DIR"))
            is { Length: > 0 } given
            ? scope.FullPath(given)
            : null;
}
