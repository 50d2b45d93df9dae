using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja;

/// <summary>What can be wrong with a template, found while parsing (HW200x) or rendering (HW201x).</summary>
public static class JinjaDiagnostics
{
    public static readonly DiagnosticDescriptor Syntax = Error("HW2001", "{0}");
    public static readonly DiagnosticDescriptor UnknownTag = Error("HW2002", "Unknown tag '{0}'.");
    public static readonly DiagnosticDescriptor Unclosed = Error("HW2003", "'{0}' is never closed.", "add {1}");
    public static readonly DiagnosticDescriptor UnknownFilter = Error("HW2004", "No filter named '{0}'.");
    public static readonly DiagnosticDescriptor UnknownTest = Error("HW2005", "No test named '{0}'.");
    public static readonly DiagnosticDescriptor UnsupportedTag = Error(
        "HW2006",
        "The tag '{0}' is not part of this template language.",
        "share code with macros"
    );

    public static readonly DiagnosticDescriptor Undefined = Error("HW2010", "{0}");
    public static readonly DiagnosticDescriptor Type = Error("HW2011", "{0}");
    public static readonly DiagnosticDescriptor Value = Error("HW2012", "{0}");
    public static readonly DiagnosticDescriptor Arguments = Error("HW2013", "{0}");
    public static readonly DiagnosticDescriptor Limit = Error("HW2014", "The template was stopped: {0}.");

    private static DiagnosticDescriptor Error(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);
}
