using Headwater.Jinja.Values;

namespace Headwater.Modeling.Graph;

/// <summary>What a properties file says of a macro.</summary>
/// <param name="Path">The properties file, relative to its package.</param>
/// <param name="IsShown">False if documents leave it out.</param>
public sealed record MacroProperties(
    string Name,
    string Package,
    string Path,
    string Description,
    IReadOnlyList<MacroArgument> Arguments,
    JinjaDict Meta,
    bool IsShown
);

/// <summary>A parameter of a macro, for people.</summary>
public sealed record MacroArgument(string Name, string? Type, string Description);
