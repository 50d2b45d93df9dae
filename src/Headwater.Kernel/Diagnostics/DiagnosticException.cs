namespace Headwater.Kernel.Diagnostics;

/// <summary>
/// Work that cannot go on because of something a user can mend. Caught only at the named boundaries
/// (a command, a request, a build node, a landing), never in between.
/// </summary>
public sealed class DiagnosticException : Exception
{
    public DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
        : this([diagnostic], inner) { }

    public DiagnosticException(IReadOnlyList<Diagnostic> diagnostics, Exception? inner = null)
        : base(string.Join(Environment.NewLine, diagnostics), inner)
    {
        ArgumentOutOfRangeException.ThrowIfZero(diagnostics.Count, nameof(diagnostics));
        Diagnostics = diagnostics;
    }

    /// <summary>All that is known to be wrong, at least one.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The first diagnostic, which names the cause.</summary>
    public Diagnostic Diagnostic => Diagnostics[0];
}
