using System.Globalization;

namespace Headwater.Kernel.Diagnostics;

/// <summary>
/// One kind of diagnostic. Every module lists its own in one static catalogue; <c>docs/diagnostics.md</c> is made from them.
/// </summary>
/// <param name="Code">Stable code such as <c>HW2041</c>; the first digit names the module.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Audience">Who can act on it.</param>
/// <param name="Format">The message with <c>{0}</c>-style places.</param>
/// <param name="Hint">The advice given when the place that reports it has no better one; may use the same places.</param>
public sealed record DiagnosticDescriptor(
    string Code,
    Severity Severity,
    Audience Audience,
    string Format,
    string? Hint = null
)
{
    /// <summary>A diagnostic of this kind at a place in a file.</summary>
    public Diagnostic At(SourceLocation? location, params object?[] arguments) =>
        new(this, Fill(Format, arguments), location, Hint is null ? null : Fill(Hint, arguments));

    /// <summary>A diagnostic of this kind that belongs to no file.</summary>
    public Diagnostic With(params object?[] arguments) => At(null, arguments);

    private static string Fill(string format, object?[] arguments) =>
        arguments.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, arguments);
}
