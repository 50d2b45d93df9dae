using Headwater.Kernel.Diagnostics;

namespace Headwater.Cli.Output;

/// <summary>
/// Writes diagnostics for people: place, what, and what to do, and at the end how many. Of one kind only the first few: who has read twenty knows
/// what is wrong with the other thousand. Programs get all of them.
/// </summary>
internal static class DiagnosticPrinter
{
    private const int OfOneKind = 20;

    public static void Print(IReadOnlyList<Diagnostic> diagnostics, TextWriter output)
    {
        var written = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            var before = written.GetValueOrDefault(diagnostic.Code);
            written[diagnostic.Code] = before + 1;
            if (before >= OfOneKind)
            {
                continue;
            }

            var place = diagnostic.Location is null ? "" : $"{diagnostic.Location}  ";
            var word = diagnostic.Severity.ToString().ToLowerInvariant();
            output.WriteLine($"{place}{word} {diagnostic.Code}");
            output.WriteLine($"  {diagnostic.Message.ReplaceLineEndings("\n  ")}");
            if (diagnostic.Hint is { } hint)
            {
                output.WriteLine($"  → {hint}");
            }
        }

        foreach (var (code, count) in written.Where(kind => kind.Value > OfOneKind))
        {
            output.WriteLine($"{count - OfOneKind} more {code}; --output json has them all.");
        }

        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        if (errors > 1)
        {
            output.WriteLine($"{errors} errors.");
        }
    }
}
