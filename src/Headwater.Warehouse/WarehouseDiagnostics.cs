using Headwater.Kernel.Diagnostics;

namespace Headwater.Warehouse;

/// <summary>What users can do wrong with a warehouse (HW6xxx).</summary>
public static class WarehouseDiagnostics
{
    public static readonly DiagnosticDescriptor BadSetting = new(
        "HW6001",
        Severity.Error,
        Audience.Operator,
        "The warehouse setting '{0}' cannot be '{1}'.",
        "accepted: {2}"
    );

    public static readonly DiagnosticDescriptor OpenElsewhere = new(
        "HW6002",
        Severity.Error,
        Audience.Operator,
        "Another process has the warehouse file '{0}' open.",
        "Stop it, or let it do the work: commands act through a running server of the same home folder."
    );

    public static readonly DiagnosticDescriptor OpenTwice = new(
        "HW6003",
        Severity.Error,
        Audience.Operator,
        "The warehouse file '{0}' is already open in this process.",
        "Give each warehouse and the catalog a file of its own."
    );

    public static readonly DiagnosticDescriptor CannotOpen = new(
        "HW6004",
        Severity.Error,
        Audience.Operator,
        "The warehouse '{0}' could not be opened: {1}",
        "Check that the folder exists, may be written, and that the file is a DuckDB database of version 1.5 or older."
    );

    public static readonly DiagnosticDescriptor ServerUnreachable = new(
        "HW6005",
        Severity.Error,
        Audience.Operator,
        "The PostgreSQL server at {0} cannot be reached: {1}.",
        "Check host and port in profiles.yml, that the server runs, and that nothing between blocks the connection."
    );

    public static readonly DiagnosticDescriptor SignInRefused = new(
        "HW6006",
        Severity.Error,
        Audience.Operator,
        "The PostgreSQL server at {1} does not let '{0}' in: {2}.",
        "Check user and password in profiles.yml, and the environment variables that they come from."
    );

    public static readonly DiagnosticDescriptor DatabaseMissing = new(
        "HW6007",
        Severity.Error,
        Audience.Operator,
        "There is no database '{0}' on the PostgreSQL server at {1}.",
        "Create it with createdb, or correct dbname in profiles.yml."
    );

    public static readonly DiagnosticDescriptor ServerRefused = new(
        "HW6008",
        Severity.Error,
        Audience.Operator,
        "The PostgreSQL server at {0} refused the connection: {1}.",
        "The server's own log says more."
    );

    public static readonly DiagnosticDescriptor DiskFull = new(
        "HW6009",
        Severity.Error,
        Audience.Operator,
        "The warehouse '{0}' could not be opened, because its disk has no room left: {1}",
        "make room, then run it again; what was stored before is unchanged"
    );

    public static readonly DiagnosticDescriptor TooManyRowsForSheet = new(
        "HW6010",
        Severity.Error,
        Audience.Viewer,
        "The result has more than the {0} rows that an Excel sheet can hold.",
        "Narrow the question, or take CSV or Parquet."
    );

    public static readonly DiagnosticDescriptor TooManyColumnsForSheet = new(
        "HW6011",
        Severity.Error,
        Audience.Viewer,
        "The result has {0} columns; an Excel sheet can hold {1}.",
        "Choose fewer columns, or take CSV or Parquet."
    );
}
