using Headwater.Kernel.Diagnostics;

namespace Headwater.Jinja;

/// <summary>
/// A failure inside a filter, function or operator that does not know its place in the template. The session that renders adds
/// location and macro stack and throws it on as a <see cref="DiagnosticException"/>. Host functions throw it too.
/// </summary>
public sealed class JinjaFault(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    internal static JinjaFault Type(string message) => new(JinjaDiagnostics.Type.With(message));

    internal static JinjaFault Value(string message) => new(JinjaDiagnostics.Value.With(message));

    internal static JinjaFault Arguments(string message) => new(JinjaDiagnostics.Arguments.With(message));

    internal static JinjaFault Undefined(string message) => new(JinjaDiagnostics.Undefined.With(message));

    internal static JinjaFault Limit(string message) => new(JinjaDiagnostics.Limit.With(message));
}
