using Headwater.Kernel.Diagnostics;

namespace Headwater.Server;

/// <summary>What can be wrong with a request, before the gate is asked.</summary>
public static class ServerDiagnostics
{
    public static readonly DiagnosticDescriptor NotFound = Viewer("HW8001", "There is nothing at this address.");

    public static readonly DiagnosticDescriptor BodyUnreadable = Viewer(
        "HW8002",
        "The body of the request cannot be read: {0}"
    );

    public static readonly DiagnosticDescriptor SignInNeeded = Viewer(
        "HW8003",
        "You are not signed in.",
        "sign in at /sign-in"
    );

    public static readonly DiagnosticDescriptor Forbidden = Viewer("HW8004", "You may not do this.");

    public static readonly DiagnosticDescriptor CrossOrigin = Viewer(
        "HW8005",
        "This request came from another site and was refused.",
        "open Headwater itself and try there"
    );

    public static readonly DiagnosticDescriptor MethodNotAllowed = Viewer(
        "HW8006",
        "This address does not take {0}.",
        "/openapi/v1.json says what each address takes"
    );

    public static readonly DiagnosticDescriptor BadParameter = Viewer("HW8007", "The address is not complete: {0}");

    public static readonly DiagnosticDescriptor UnknownDashboard = Viewer("HW8010", "There is no dashboard '{0}'.");

    public static readonly DiagnosticDescriptor UnknownTile = Viewer(
        "HW8011",
        "The dashboard '{0}' has no tile '{1}'."
    );

    public static readonly DiagnosticDescriptor UnknownParameter = Viewer(
        "HW8012",
        "'{0}' is not a filter of the dashboard '{1}'."
    );

    public static readonly DiagnosticDescriptor UnknownFormat = Viewer(
        "HW8013",
        "'{0}' is not a format that can be downloaded.",
        "formats: csv, xlsx, json, ndjson, parquet"
    );

    public static readonly DiagnosticDescriptor NoRowsBehind = Viewer(
        "HW8014",
        "The tile '{0}' is written in SQL: its rows are those that it shows."
    );

    public static readonly DiagnosticDescriptor UnknownRun = Viewer("HW8015", "There is no run '{0}'.");

    public static readonly DiagnosticDescriptor UnknownMetric = Viewer("HW8016", "There is no metric '{0}'.");

    public static readonly DiagnosticDescriptor Fault = Viewer(
        "HW8099",
        "Something went wrong inside Headwater.",
        "try again; an operator finds the cause in the server's log under {0}"
    );

    private static DiagnosticDescriptor Viewer(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Viewer, format, hint);
}
