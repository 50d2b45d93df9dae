namespace Headwater.Jinja.Parsing;

/// <summary>What follows the name in a host's block tag.</summary>
public enum BlockTagHead
{
    /// <summary>Parameters in parentheses, as a macro has: <c>{% test name(model, column) %}</c>.</summary>
    Parameters,

    /// <summary>Options after commas: <c>{% materialization name, adapter='x' %}</c>.</summary>
    Options,

    /// <summary>The name alone.</summary>
    NameOnly,
}

/// <summary>A block tag that a host adds. Its blocks are listed by <see cref="JinjaTemplate.Macros"/> and render as nothing.</summary>
/// <param name="Name">The opening tag; the closing one is <c>end</c> and this.</param>
/// <param name="Head">What follows the name.</param>
public sealed record BlockTag(string Name, BlockTagHead Head);
