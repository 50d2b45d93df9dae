using Headwater.Kernel.Diagnostics;

namespace Headwater.Sources;

/// <summary>What can be wrong with sources and their files.</summary>
public static class SourceDiagnostics
{
    public static readonly DiagnosticDescriptor PathMissing = Error(
        "HW3001",
        "The folder of the source '{0}' does not exist: {1}",
        "correct 'path', or set it for one run with --set sources.{0}.path=FOLDER"
    );

    public static readonly DiagnosticDescriptor NoFiles = Error(
        "HW3002",
        "No file matches '{0}' of the stream '{1}'.",
        "'files' is a pattern below the source's path, such as sales_*.csv or **/*.parquet"
    );

    public static readonly DiagnosticDescriptor FileUnreadable = Error(
        "HW3003",
        "'{0}' cannot be read: {1}",
        "let the account that runs Headwater read it, and end what holds it open"
    );

    public static readonly DiagnosticDescriptor FileBroken = Error(
        "HW3004",
        "'{0}' is not a readable {1} file: {2}",
        "earlier data of the stream is unchanged; export the file again"
    );

    public static readonly DiagnosticDescriptor UnknownConnector = Error("HW3005", "There is no connector '{0}'.");

    public static readonly DiagnosticDescriptor UnknownEncoding = Error(
        "HW3006",
        "The encoding '{0}' is not known.",
        "for example: utf-8, utf-16, windows-1252, iso-8859-15"
    );

    public static readonly DiagnosticDescriptor SchemaFrozen = Error(
        "HW3007",
        "'{0}' does not fit the table of the stream '{1}': {2}.",
        "schema_changes is freeze; set it to evolve to let the table follow"
    );

    public static readonly DiagnosticDescriptor KeyMissing = Error(
        "HW3008",
        "'{0}' has no column '{1}', which is in the primary key of the stream '{2}'."
    );

    public static readonly DiagnosticDescriptor UnknownType = Error(
        "HW3009",
        "'{0}' is not a type that the column '{1}' could have.",
        "for example: text, bigint, decimal(18,2), double, boolean, date, timestamp"
    );

    public static readonly DiagnosticDescriptor ReservedColumn = Error(
        "HW3010",
        "'{0}' has a column '{1}': names that start with _hw_ are kept for Headwater."
    );

    public static readonly DiagnosticDescriptor UnknownFormat = Error(
        "HW3011",
        "The format of '{0}' cannot be told from its name.",
        "set 'format' to csv, json, ndjson, parquet or xlsx"
    );

    public static readonly DiagnosticDescriptor SheetMissing = Error(
        "HW3012",
        "'{0}' has no sheet '{1}'.",
        "its sheets: {2}"
    );

    public static readonly DiagnosticDescriptor BadRange = Error(
        "HW3013",
        "'{0}' is not a range of cells.",
        "for example: B3:F200"
    );

    public static readonly DiagnosticDescriptor RecordsLost = Error(
        "HW3014",
        "'{0}' has {1} records, but {2} were landed and {3} quarantined; nothing of it was kept.",
        "quotes in the file are probably unbalanced; set 'quote' and 'escape' of the stream"
    );

    public static readonly DiagnosticDescriptor StorageFailed = new(
        "HW3015",
        Severity.Error,
        Audience.Operator,
        "'{0}' could not be landed: {1}",
        "look for a full disk or a memory limit; earlier data is unchanged"
    );

    public static readonly DiagnosticDescriptor BadSchedule = Error(
        "HW3016",
        "'{0}' is not a schedule.",
        "five fields: minute hour day month weekday, such as */15 * * * *"
    );

    public static readonly DiagnosticDescriptor AmbiguousDates = new(
        "HW3017",
        Severity.Warning,
        Audience.Author,
        "'{0}': the dates of '{1}' could have the month or the day first, so they were landed as text.",
        "set date_format, such as '%d/%m/%Y'"
    );

    public static readonly DiagnosticDescriptor AmbiguousInDateColumn = Error(
        "HW3018",
        "'{0}': the dates of '{1}' could have the month or the day first, and its column holds dates already.",
        "set date_format, such as '%d/%m/%Y'; earlier data of the stream is unchanged"
    );

    public static readonly DiagnosticDescriptor FileChanged = Error(
        "HW3019",
        "'{0}' changed while it was being landed; nothing of it was kept.",
        "it is landed the next time, once whoever writes it is done"
    );

    public static readonly DiagnosticDescriptor ViewInTheWay = Error(
        "HW3020",
        "A column of {0} has to have a wider type, but the view {1} cannot stay: {2}.",
        "drop the view, land, and build it again; or state the column's type under 'columns:' from the beginning"
    );

    public static readonly DiagnosticDescriptor NoSheet = Viewer(
        "HW3030",
        "'{0}' is no spreadsheet by its name.",
        "its ending is one of {1}"
    );

    public static readonly DiagnosticDescriptor NoSheetColumn = Viewer("HW3031", "'{0}' has no column '{1}'.");

    public static readonly DiagnosticDescriptor SheetTooLarge = Viewer(
        "HW3032",
        "'{0}' holds more than can be compared.",
        "land it as a source, and make a metric of it"
    );

    public static readonly DiagnosticDescriptor SheetBroken = Viewer(
        "HW3033",
        "'{0}' cannot be read.",
        "export it again as CSV"
    );

    private static DiagnosticDescriptor Viewer(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Viewer, format, hint);

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);
}
