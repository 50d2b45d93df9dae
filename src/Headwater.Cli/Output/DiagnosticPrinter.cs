using Headwater.Kernel.Diagnostics;

namespace Headwater.Cli.Output;

/// <summary>Writes diagnostics for people: place, what, and what to do, and at the end how many.</summary>
internal static class DiagnosticPrinter
{
    public static void Print(IReadOnlyList<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
        {
            var place = diagnostic.Location is null ? "" : $"{diagnostic.Location}  ";
            var word = diagnostic.Severity.ToString().ToLowerInvariant();
            output.WriteLine($"{place}{word} {diagnostic.Code}");
            output.WriteLine($"  {diagnostic.Message.ReplaceLineEndings("\n  ")}");
            if (diagnostic.Hint is { } hint)
            {
                output.WriteLine($"  → {hint}");
            }
        }

        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        if (errors > 1)
        {
            output.WriteLine($"{errors} errors.");
        }
    }
}
