using Headwater.Kernel.Diagnostics;

namespace Headwater.Project;

/// <summary>What can be wrong with the files of a project, before anyone looks at what they mean.</summary>
public static class ProjectDiagnostics
{
    public static readonly DiagnosticDescriptor ProjectFileMissing = Error(
        "HW1001",
        "There is no dbt_project.yml in '{0}'.",
        "name the project folder with --project, or make a new project with 'headwater init'"
    );

    public static readonly DiagnosticDescriptor FileUnreadable = Error("HW1002", "The file cannot be read: {0}");

    public static readonly DiagnosticDescriptor YamlSyntax = Error("HW1003", "This is not valid YAML: {0}");

    public static readonly DiagnosticDescriptor DuplicateKey = Error("HW1004", "The key '{0}' stands here twice.");

    public static readonly DiagnosticDescriptor WrongType = Error(
        "HW1005",
        "'{0}' must be {1}, but this is {2}.",
        "write {1} after '{0}:'"
    );

    public static readonly DiagnosticDescriptor MissingKey = Error("HW1006", "The key '{0}' is missing.");

    public static readonly DiagnosticDescriptor UnknownKey = Error("HW1007", "The key '{0}' is not known here.");

    public static readonly DiagnosticDescriptor NotAccepted = Error(
        "HW1008",
        "'{1}' is not accepted for '{0}'.",
        "accepted: {2}"
    );

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "HW1009",
        "The {0} '{1}' is defined here and in {2}.",
        "names are unique over all installed packages; rename one of them"
    );

    public static readonly DiagnosticDescriptor PackageMissing = Error(
        "HW1010",
        "The package '{0}' is not there: {1}",
        "a local package is a folder with a dbt_project.yml; other packages are expected under dbt_packages/"
    );

    public static readonly DiagnosticDescriptor PackageCycle = Error(
        "HW1011",
        "The packages depend on each other in a circle: {0}"
    );

    public static readonly DiagnosticDescriptor UnknownSetting = Error("HW1012", "There is no setting '{0}'.");

    public static readonly DiagnosticDescriptor PathMissing = Error("HW1013", "The path '{0}' does not exist.");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "HW1014",
        "'{0}' cannot be a name.",
        "a name starts with a letter or underscore and holds letters, digits and underscores"
    );

    public static readonly DiagnosticDescriptor ProfileMissing = Error(
        "HW1015",
        "The profile '{0}' has no target '{1}'."
    );

    public static readonly DiagnosticDescriptor ProfileUnknown = Error("HW1017", "There is no profile '{0}'.");

    public static readonly DiagnosticDescriptor PathLikeSchema = Warning(
        "HW1018",
        "The path '{0}' is not used: its database would be called '{1}' as the schema is, and DuckDB cannot tell them apart. The data is in the home folder.",
        "give the file or the schema another name"
    );

    public static readonly DiagnosticDescriptor PackageNameTaken = Error(
        "HW1016",
        "Two packages are both called '{0}': {1} and {2}."
    );

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);

    private static DiagnosticDescriptor Warning(string code, string format, string? hint = null) =>
        new(code, Severity.Warning, Audience.Author, format, hint);
}
