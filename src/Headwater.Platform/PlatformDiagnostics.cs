using Headwater.Kernel.Diagnostics;

namespace Headwater.Platform;

/// <summary>What can go wrong with the catalog, users and signing in.</summary>
public static class PlatformDiagnostics
{
    public static readonly DiagnosticDescriptor CatalogUnreadable = Operator(
        "HW7001",
        "The catalog '{0}' cannot be opened: {1}",
        "restore it from a backup, or move it away to start with an empty one"
    );

    public static readonly DiagnosticDescriptor CatalogNewer = Operator(
        "HW7002",
        "The catalog was written by a newer version of Headwater (migration {0}; this version knows {1}).",
        "run the newer version, or restore a backup made before the upgrade"
    );

    public static readonly DiagnosticDescriptor CatalogInUse = Operator(
        "HW7003",
        "The catalog '{0}' is in use by another process.",
        "stop the other server, or give this one another --home"
    );

    public static readonly DiagnosticDescriptor HomeUnusable = Operator(
        "HW7004",
        "The home folder '{0}' cannot be used: {1}",
        "name another with --home"
    );

    public static readonly DiagnosticDescriptor DiskFull = Operator(
        "HW7005",
        "There is no room left on the disk: {0}",
        "make room, then run it again; what was stored before is unchanged"
    );

    public static readonly DiagnosticDescriptor UserExists = Operator("HW7010", "There is already a user '{0}'.");

    public static readonly DiagnosticDescriptor UserUnknown = Operator("HW7011", "There is no user '{0}'.");

    public static readonly DiagnosticDescriptor PasswordTooShort = new(
        "HW7012",
        Severity.Error,
        Audience.Viewer,
        "The password is too short.",
        "use at least {0} characters"
    );

    public static readonly DiagnosticDescriptor UserNameInvalid = Operator(
        "HW7013",
        "'{0}' cannot be a user name.",
        "1 to 100 characters without spaces or control characters"
    );

    public static readonly DiagnosticDescriptor SignInRefused = new(
        "HW7020",
        Severity.Error,
        Audience.Viewer,
        "The name or the password is not right."
    );

    public static readonly DiagnosticDescriptor SignInThrottled = new(
        "HW7021",
        Severity.Error,
        Audience.Viewer,
        "Too many attempts have failed.",
        "try again in {0}"
    );

    public static readonly DiagnosticDescriptor LinkRefused = new(
        "HW7022",
        Severity.Error,
        Audience.Viewer,
        "This sign-in link has been used, has expired, or was never valid.",
        "ask an administrator for a new one: headwater user link NAME"
    );

    public static readonly DiagnosticDescriptor UnknownSource = new(
        "HW7030",
        Severity.Error,
        Audience.Author,
        "There is no source '{0}'."
    );

    public static readonly DiagnosticDescriptor UnknownFilterDimension = new(
        "HW7031",
        Severity.Error,
        Audience.Author,
        "The filter's dimension '{0}' does not exist."
    );

    public static readonly DiagnosticDescriptor UnknownTag = new(
        "HW7032",
        Severity.Warning,
        Audience.Author,
        "The role '{0}' masks the tag '{1}', which no column has."
    );

    public static readonly DiagnosticDescriptor UnknownRoleTable = new(
        "HW7033",
        Severity.Error,
        Audience.Author,
        "The role '{0}' names the table '{1}', which there is not."
    );

    public static readonly DiagnosticDescriptor ColumnWithoutTable = new(
        "HW7034",
        Severity.Error,
        Audience.Author,
        "'{0}' names no column of a table.",
        "write it as table.column or schema.table.column"
    );

    public static readonly DiagnosticDescriptor AccessTestFailed = new(
        "HW7035",
        Severity.Error,
        Audience.Author,
        "The access test '{0}' failed: {1}."
    );

    private static DiagnosticDescriptor Operator(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Operator, format, hint);
}
