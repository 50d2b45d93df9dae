using Headwater.Cli.Output;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Cli.CommandLine;

/// <summary>Where the diagnostics of one command go, judged by its options. For one command, one caller at a time.</summary>
/// <param name="isQuiet">Whether errors alone are shown.</param>
internal sealed class DiagnosticSink(TextWriter output, WarningPolicy policy, bool isQuiet)
{
    /// <summary>Where they are written.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>True if a warning was shown that counts as an error.</summary>
    public bool HasPromoted { get; private set; }

    /// <summary>Diagnostics as they count here.</summary>
    public IReadOnlyList<Diagnostic> Judged(IEnumerable<Diagnostic> diagnostics) => policy.Judge(diagnostics);

    public void Print(IEnumerable<Diagnostic> diagnostics)
    {
        var given = diagnostics.ToList();
        var judged = policy.Judge(given);
        HasPromoted |= judged.Count(IsError) > given.Count(IsError);
        DiagnosticPrinter.Print(isQuiet ? [.. judged.Where(IsError)] : judged, Output);
    }

    /// <summary>Shows warnings before anything is done; what counts as an error ends the command here.</summary>
    /// <exception cref="DiagnosticException">One of them counts as an error.</exception>
    public void PrintFirst(IEnumerable<Diagnostic> warnings)
    {
        var given = warnings.ToList();
        var errors = policy.Judge(given).Where(IsError).ToList();
        if (errors.Count > 0)
        {
            throw new DiagnosticException(errors);
        }

        Print(given);
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == Severity.Error;
}
