using Headwater.Kernel.Diagnostics;

namespace Headwater.Cli;

/// <summary>What can be wrong with a command.</summary>
public static class CliDiagnostics
{
    public static readonly DiagnosticDescriptor BadSetting = Error(
        "HW9001",
        "'{0}' is not a setting.",
        "write --set key=value, such as --set sources.crm.path=exports/crm"
    );

    public static readonly DiagnosticDescriptor HeldByOther = Error(
        "HW9002",
        "The home folder is held by a server of another project: {0}.",
        "name another --home, or stop that server"
    );

    public static readonly DiagnosticDescriptor HeldForOtherTarget = Error(
        "HW9012",
        "The home folder is held by a server that works on the target '{0}'.",
        "leave out --target, name another --home, or stop that server"
    );

    public static readonly DiagnosticDescriptor ServerUnreachable = Error(
        "HW9003",
        "The server that holds the home folder does not answer at {0}.",
        "wait until it has started, or stop it; its process id is {1}"
    );

    public static readonly DiagnosticDescriptor PortTaken = Error(
        "HW9004",
        "Port {0} is in use by another program.",
        "stop that program, or choose another port: --port 5081"
    );

    public static readonly DiagnosticDescriptor FolderNotEmpty = Error(
        "HW9005",
        "The folder '{0}' is not empty.",
        "name a new folder for the project"
    );

    public static readonly DiagnosticDescriptor UnknownUser = Error("HW9006", "There is no user '{0}'.");

    public static readonly DiagnosticDescriptor BadAttribute = Error(
        "HW9007",
        "'{0}' is not an attribute.",
        "write --attribute name=value, once for each value"
    );

    public static readonly DiagnosticDescriptor CannotWrite = Error("HW9008", "'{0}' cannot be written: {1}");

    public static readonly DiagnosticDescriptor OnlyLocal = Error("HW9009", "'{0}' cannot run through a server.");

    public static readonly DiagnosticDescriptor UnknownRole = Error(
        "HW9010",
        "There is no role '{0}' in this project."
    );

    public static readonly DiagnosticDescriptor BadPort = Error(
        "HW9011",
        "{0} is not a port.",
        "name one from 1 to 65535, or 0 for any that is free"
    );

    public static readonly DiagnosticDescriptor BadCommandLine = Error(
        "HW9013",
        "{0}",
        "'headwater --help' lists the commands, 'headwater COMMAND --help' its options."
    );

    public static readonly DiagnosticDescriptor DeferWithoutState = Error(
        "HW9016",
        "--defer reads from another environment, and --state does not say which.",
        "add --state DIR: the folder of its manifest.json"
    );

    public static readonly DiagnosticDescriptor OnlyListed = Error(
        "HW9017",
        "'--output {0}' is for 'ls' alone.",
        "write --output table, json or csv"
    );

    public static readonly DiagnosticDescriptor OneNodeExpected = Error(
        "HW9015",
        "'{0}' means {1} nodes; one is shown at a time.",
        "select one model, or give a query with --inline"
    );

    public static readonly DiagnosticDescriptor KeyAndValue = Error(
        "HW9018",
        "A SELECT or a file has many columns: it is not said which to compare.",
        "add --key COLUMN and --value COLUMN"
    );

    public static readonly DiagnosticDescriptor NoFile = Error("HW9019", "There is no file '{0}'.");

    public static readonly DiagnosticDescriptor OutsideProject = Error(
        "HW9101",
        "'{0}' of clean-targets is not inside the project; nothing outside is removed."
    );

    public static readonly DiagnosticDescriptor PackageNotInstalled = Error(
        "HW9102",
        "The package '{0}' cannot be installed: {1}"
    );

    public static readonly DiagnosticDescriptor HomeHeld = Error(
        "HW9103",
        "The home folder {0} is held by {1}.",
        "wait for it, or end it"
    );

    public static readonly DiagnosticDescriptor HeadForged = Error(
        "HW9104",
        "'{0}' is no head of an audit log, or is not signed by the key it should be.",
        "give the file that headwater audit head printed, and with --key the key that it shows"
    );

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Operator, format, hint);
}
