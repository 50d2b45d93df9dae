using Headwater.Kernel.Names;

namespace Headwater.Kernel.Diagnostics;

/// <summary>Something that a user caused and can mend: what, where, and what would be accepted.</summary>
/// <param name="Descriptor">The kind of diagnostic, from a module's catalogue.</param>
/// <param name="Message">The sentence shown, with the particulars filled in.</param>
/// <param name="Location">Where, when a place in a file is known.</param>
/// <param name="Hint">What would be accepted or what to do next.</param>
public sealed record Diagnostic(
    DiagnosticDescriptor Descriptor,
    string Message,
    SourceLocation? Location = null,
    string? Hint = null
)
{
    /// <summary>What would be possible instead, the likeliest first: for programs, where the hint is for people.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public string Code => Descriptor.Code;

    public Severity Severity => Descriptor.Severity;

    public Audience Audience => Descriptor.Audience;

    /// <summary>This diagnostic with the known names that a wrong one may have meant.</summary>
    public Diagnostic Suggesting(string name, IReadOnlyCollection<string> known) =>
        this with
        {
            Hint = NearestName.Hint(name, known),
            Candidates = NearestName.Candidates(name, known),
        };

    /// <summary>This diagnostic as an exception, for the places where work cannot go on.</summary>
    public DiagnosticException ToException(Exception? inner = null) => new(this, inner);

    public override string ToString()
    {
        var place = Location is null ? "" : $"{Location}: ";
        var hint = Hint is null ? "" : $" ({Hint})";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code}: {Message}{hint}";
    }
}
