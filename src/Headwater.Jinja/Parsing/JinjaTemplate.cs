using Headwater.Jinja.Syntax;

namespace Headwater.Jinja.Parsing;

/// <summary>A parsed template. Immutable and safe for several threads: parse once, render often.</summary>
/// <param name="File">The file for diagnostics, relative to the project.</param>
/// <param name="Body">The outermost statements.</param>
/// <param name="Macros">Macros and the host's blocks, in order, wherever in the template they stand.</param>
/// <param name="Calls">Every call by plain name with its arguments, in order: for static analysis.</param>
/// <param name="BoundNames">Every name that the template itself sets, loops over, or takes as a parameter.</param>
public sealed record JinjaTemplate(
    string File,
    Block Body,
    IReadOnlyList<MacroDefinition> Macros,
    IReadOnlyList<Call> Calls,
    IReadOnlySet<string> BoundNames
);
