using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;

namespace Headwater.Cli.CommandLine;

/// <summary>Which warnings count as errors, and which are not shown: dbt's <c>--warn-error</c> and <c>--warn-error-options</c>, by code.</summary>
/// <param name="Errors">Codes that count as errors; <c>all</c> is every one.</param>
/// <param name="Kept">Codes that stay warnings all the same.</param>
/// <param name="Silenced">Codes that are not shown.</param>
internal sealed record WarningPolicy(
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Kept,
    IReadOnlyList<string> Silenced
)
{
    public static WarningPolicy None { get; } = new([], [], []);

    public static WarningPolicy All { get; } = new(["all"], [], []);

    /// <param name="text">Such as <c>{error: all, warn: [HW2133], silence: [HW2108]}</c>; <c>include</c> and <c>exclude</c> are dbt's older words.</param>
    /// <exception cref="DiagnosticException">It is no mapping.</exception>
    public static WarningPolicy Parse(string text)
    {
        var given = ModelingVariables.Parse(text, "--warn-error-options");
        return new WarningPolicy(Codes("error", "include"), Codes("warn", "exclude"), Codes("silence"));

        IReadOnlyList<string> Codes(params string[] words) =>
            [
                .. words
                    .Select(word => given.GetValueOrDefault(word))
                    .SelectMany(value =>
                        value is JinjaList list ? list.Items
                        : value is null ? []
                        : [value]
                    )
                    .Select(value => Text.Str(value)),
            ];
    }

    /// <summary>The diagnostics as they count: silenced ones left out, others made errors.</summary>
    public IReadOnlyList<Diagnostic> Judge(IEnumerable<Diagnostic> diagnostics) =>
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Severity == Severity.Error || !Silenced.Contains(diagnostic.Code))
                .Select(diagnostic => IsError(diagnostic) ? Promoted(diagnostic) : diagnostic),
        ];

    private bool IsError(Diagnostic diagnostic) =>
        diagnostic.Severity == Severity.Warning
        && !Kept.Contains(diagnostic.Code)
        && Errors.Any(word => word is "all" or "*" || word == diagnostic.Code);

    private static Diagnostic Promoted(Diagnostic diagnostic) =>
        diagnostic with
        {
            Descriptor = diagnostic.Descriptor with { Severity = Severity.Error },
        };
}
