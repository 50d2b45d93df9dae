using Headwater.Kernel.Diagnostics;

namespace Headwater.Cli.Output.Documents;

/// <summary>A diagnostic for programs.</summary>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="File">Path relative to the project folder; null if it belongs to no file.</param>
/// <param name="Line">Line, from 1; null if only the file is known.</param>
/// <param name="Column">Column, from 1; null if it is not known.</param>
internal sealed record DiagnosticDocument(
    string Code,
    string Severity,
    string Message,
    string? File,
    int? Line,
    int? Column,
    string? Hint
)
{
    public static DiagnosticDocument Of(Diagnostic diagnostic) =>
        new(
            diagnostic.Code,
            Word.Of(diagnostic.Severity),
            diagnostic.Message,
            diagnostic.Location?.File,
            diagnostic.Location is { Line: > 0 and var line } ? line : null,
            diagnostic.Location is { Column: > 0 and var column } ? column : null,
            diagnostic.Hint
        );

    public static IReadOnlyList<DiagnosticDocument> Of(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(Of)];
}

/// <summary>A command that could not be carried out.</summary>
/// <param name="Succeeded">False, under the name that it has in the documents of commands that could be.</param>
/// <param name="Diagnostics">Why; at least one.</param>
internal sealed record FailureDocument(bool Succeeded, IReadOnlyList<DiagnosticDocument> Diagnostics)
{
    public static FailureDocument Of(IEnumerable<Diagnostic> diagnostics) =>
        new(Succeeded: false, DiagnosticDocument.Of(diagnostics));
}
