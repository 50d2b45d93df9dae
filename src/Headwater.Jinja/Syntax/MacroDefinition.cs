using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Syntax;

/// <summary>A macro, or a block of a tag that the host declared (see <see cref="Parsing.BlockTag"/>).</summary>
/// <param name="Position">Where the tag stands.</param>
/// <param name="Tag"><c>macro</c>, <c>call</c>, or the host's tag.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Parameters">Parameters in order.</param>
/// <param name="Options">The expressions after the name, for tags that take options instead of parameters.</param>
/// <param name="Body">What it renders.</param>
/// <param name="Written">The whole text as written, its tags included.</param>
public sealed record MacroDefinition(
    Position Position,
    string Tag,
    string Name,
    IReadOnlyList<MacroParameter> Parameters,
    ArgumentList Options,
    Block Body,
    string Written
) : Statement(Position)
{
    /// <summary>The text between the tags, as written.</summary>
    public string Source => Written[Inner];

    internal Range Inner { get; init; }

    internal bool UsesVarargs { get; init; }

    internal bool UsesKwargs { get; init; }

    internal bool UsesCaller { get; init; }

    internal override Signal Execute(Frame frame)
    {
        if (Tag == "macro" && frame.Session.Options.BindsMacros)
        {
            frame.Scope.Set(Name, new JinjaMacro(this, frame.Template, frame.Scope));
        }

        return Signal.Normal;
    }
}

/// <summary>A parameter with its default, which is evaluated at each call and may use the parameters before it.</summary>
public sealed record MacroParameter(string Name, Expression? Default);
