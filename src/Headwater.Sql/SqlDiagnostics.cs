using Headwater.Kernel.Diagnostics;

namespace Headwater.Sql;

/// <summary>What can be wrong with a query's text and its names: HW2900 to HW2949.</summary>
public static class SqlDiagnostics
{
    public static readonly DiagnosticDescriptor Unexpected = Error("HW2900", "Expected {0}, found {1}.");
    public static readonly DiagnosticDescriptor Unclosed = Error("HW2901", "This {0} is not closed.");
    public static readonly DiagnosticDescriptor TooDeep = Error("HW2902", "The query is nested deeper than {0}.");
    public static readonly DiagnosticDescriptor TooLong = Error(
        "HW2903",
        "The query has {0} characters, of at most {1}."
    );
    public static readonly DiagnosticDescriptor SeveralStatements = Error(
        "HW2904",
        "There is more than one statement: exactly one query is expected."
    );
    public static readonly DiagnosticDescriptor UnknownRelation = Error("HW2910", "There is no relation {0}.");
    public static readonly DiagnosticDescriptor UnknownColumn = Error("HW2911", "There is no column {0} here.");
    public static readonly DiagnosticDescriptor AmbiguousColumn = Error(
        "HW2912",
        "The column {0} is in more than one relation here: {1}.",
        "Write the relation's name before it."
    );
    public static readonly DiagnosticDescriptor UnequalColumns = Error(
        "HW2913",
        "One side of the set operation has {0} columns, the other {1}."
    );
    public static readonly DiagnosticDescriptor UnknownQualifier = Error(
        "HW2914",
        "There is no relation {0} in the FROM clause."
    );

    public static readonly DiagnosticDescriptor TooLarge = Error(
        "HW2915",
        "The names of this query take too much work: its stars or its recursion multiply."
    );

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);
}
