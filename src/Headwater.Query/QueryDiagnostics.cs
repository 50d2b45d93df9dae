using Headwater.Kernel.Diagnostics;

namespace Headwater.Query;

/// <summary>Why the gate does not answer.</summary>
public static class QueryDiagnostics
{
    public static readonly DiagnosticDescriptor NotPermitted = Viewer(
        "HW5001",
        "Your roles do not allow this: it needs '{0}'.",
        "an administrator can give you a role that can {0}"
    );

    public static readonly DiagnosticDescriptor UnknownRuleDimension = new(
        "HW5002",
        Severity.Error,
        Audience.Author,
        "The row rule of role '{0}' names '{1}', which no metric's table has."
    );

    public static readonly DiagnosticDescriptor NothingPublished = Viewer(
        "HW5003",
        "Nothing is published yet.",
        "run 'headwater build' first"
    );

    public static readonly DiagnosticDescriptor NotPublished = Viewer(
        "HW5004",
        "The table '{0}', which this asks for, is not published.",
        "run 'headwater build'"
    );

    public static readonly DiagnosticDescriptor SqlSyntax = Viewer("HW5101", "The SQL cannot be read: {0}.");

    public static readonly DiagnosticDescriptor NotOneSelect = Viewer(
        "HW5102",
        "Only one SELECT can be asked; this has {0} statements.",
        "remove everything after the first semicolon"
    );

    public static readonly DiagnosticDescriptor NotSelect = Viewer(
        "HW5103",
        "Only a SELECT can be asked: nothing can be written, attached or set through SQL."
    );

    public static readonly DiagnosticDescriptor SqlConstruct = Viewer(
        "HW5104",
        "This SQL uses {0}, which is not allowed here."
    );

    public static readonly DiagnosticDescriptor SqlFunction = Viewer(
        "HW5105",
        "The function '{0}' is not allowed here."
    );

    public static readonly DiagnosticDescriptor SqlType = Viewer("HW5106", "The type '{0}' is not allowed here.");

    public static readonly DiagnosticDescriptor SqlTable = Viewer("HW5107", "There is no table '{0}' for you.");

    public static readonly DiagnosticDescriptor SqlTooLarge = Viewer(
        "HW5108",
        "The SQL is too large: {0}.",
        "split it, or put part of it into a model"
    );

    public static readonly DiagnosticDescriptor SqlBinding = Viewer(
        "HW5109",
        "The SQL names a column or calls a function in a way that does not fit its tables.",
        "check column names and the types of arguments"
    );

    public static readonly DiagnosticDescriptor SqlBindingDetail = Viewer("HW5110", "The SQL cannot be run: {0}");

    public static readonly DiagnosticDescriptor SqlData = Viewer(
        "HW5111",
        "A value could not be converted or computed while the query ran.",
        "use try_cast, or filter such rows away first"
    );

    public static readonly DiagnosticDescriptor SqlAmbiguousTable = Viewer(
        "HW5112",
        "'{0}' is in more than one schema.",
        "write one of {1}"
    );

    public static readonly DiagnosticDescriptor CopyTooLarge = Viewer(
        "HW5113",
        "'{0}' holds too many rows that you may see for SQL under row rules.",
        "ask a metric query instead: it has no such limit"
    );

    public static readonly DiagnosticDescriptor SqlNotHere = Viewer(
        "HW5114",
        "SQL cannot be asked of a {0} warehouse.",
        "ask a metric query instead: it can be grouped, filtered and exported alike"
    );

    public static readonly DiagnosticDescriptor UnknownRelation = Viewer(
        "HW5120",
        "There is no model or table '{0}' for you."
    );

    public static readonly DiagnosticDescriptor UnknownColumn = Viewer("HW5121", "'{0}' has no column '{1}'.");

    public static readonly DiagnosticDescriptor AmbiguousRelation = Viewer(
        "HW5122",
        "'{0}' is in more than one schema.",
        "write one of {1}"
    );

    public static readonly DiagnosticDescriptor UnknownMetric = Viewer("HW5130", "There is no metric '{0}' for you.");

    public static readonly DiagnosticDescriptor TimedOut = Viewer(
        "HW5301",
        "The query was stopped after {0} seconds.",
        "narrow it by a filter on time, or ask for fewer dimensions"
    );

    public static readonly DiagnosticDescriptor AnswerTooLarge = Viewer(
        "HW5302",
        "The answer is larger than {0} MB and was stopped.",
        "narrow it by filters, or set a limit"
    );

    public static readonly DiagnosticDescriptor Busy = Viewer(
        "HW5303",
        "Too many questions are waiting.",
        "try again in a moment"
    );

    public static readonly DiagnosticDescriptor OutOfResources = Viewer(
        "HW5304",
        "The query needs more memory than it may use.",
        "narrow it by filters, or ask for fewer dimensions"
    );

    public static readonly DiagnosticDescriptor EngineFailed = new(
        "HW5305",
        Severity.Error,
        Audience.Operator,
        "The database could not answer.",
        "the server's log has its message"
    );

    public static readonly DiagnosticDescriptor BadCursor = Viewer(
        "HW5401",
        "The cursor does not belong to this question.",
        "ask without a cursor for the first page, and use each next_cursor with the same question"
    );

    public static readonly DiagnosticDescriptor DataChanged = Viewer(
        "HW5402",
        "The data changed since the first page.",
        "start again without a cursor"
    );

    public static readonly DiagnosticDescriptor BadPageSize = Viewer(
        "HW5403",
        "The page size {0} is not between 1 and {1}."
    );

    public static readonly DiagnosticDescriptor NoOrder = Viewer(
        "HW5404",
        "This question has no order by which it could be paged: equal rows are kept apart, or there is one row.",
        "ask for it as a whole"
    );

    private static DiagnosticDescriptor Viewer(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Viewer, format, hint);
}
