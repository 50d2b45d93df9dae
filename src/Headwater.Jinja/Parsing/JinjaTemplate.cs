using Headwater.Jinja.Syntax;

namespace Headwater.Jinja.Parsing;

/// <summary>
/// A template. Immutable and safe for several threads: parse once, render often. One that <see cref="JinjaEnvironment.ParseLater"/> gave is parsed when
/// somebody first looks into it; its members but the first four then throw what a parse throws.
/// </summary>
public sealed class JinjaTemplate
{
    private readonly Lazy<TemplateParts> _parts;

    internal JinjaTemplate(string file, string source, Position start, Func<TemplateParts> parse)
        : this(file, source, start, null, new Lazy<TemplateParts>(parse)) { }

    internal JinjaTemplate(string file, string source, Position start, TemplateParts parts)
        : this(file, source, start, null, new Lazy<TemplateParts>(parts)) { }

    private JinjaTemplate(string file, string source, Position start, int? block, Lazy<TemplateParts> parts)
    {
        File = file;
        Source = source;
        Start = start;
        Block = block;
        _parts = parts;
    }

    /// <summary>The file for diagnostics, relative to the project.</summary>
    public string File { get; }

    /// <summary>The text that is parsed.</summary>
    public string Source { get; }

    /// <summary>Where in the file the text starts.</summary>
    public Position Start { get; }

    /// <summary>Which of <see cref="Macros"/> this is the body of; null if it is the whole text.</summary>
    public int? Block { get; }

    /// <summary>The outermost statements.</summary>
    public Block Body => Block is { } block ? Macros[block].Body : _parts.Value.Body;

    /// <summary>Macros and the host's blocks, in order, wherever in the template they stand.</summary>
    public IReadOnlyList<MacroDefinition> Macros => _parts.Value.Macros;

    /// <summary>Every call by plain name with its arguments, in order: for static analysis.</summary>
    public IReadOnlyList<Call> Calls => _parts.Value.Calls;

    /// <summary>Every name that the template itself sets, loops over, or takes as a parameter.</summary>
    public IReadOnlySet<string> BoundNames => _parts.Value.BoundNames;

    /// <summary>The body of one of the blocks as a template; what else the text has is known in it.</summary>
    /// <param name="block">Its place among <see cref="Macros"/>.</param>
    public JinjaTemplate Within(int block) => new(File, Source, Start, block, _parts);
}

/// <summary>What a template consists of.</summary>
internal sealed record TemplateParts(
    Block Body,
    IReadOnlyList<MacroDefinition> Macros,
    IReadOnlyList<Call> Calls,
    IReadOnlySet<string> BoundNames
);
