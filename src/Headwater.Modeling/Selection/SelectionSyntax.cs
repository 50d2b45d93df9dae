namespace Headwater.Modeling.Selection;

/// <summary>A parsed selection.</summary>
internal abstract record Selector;

/// <summary>What any of the parts selects: parts with spaces between.</summary>
internal sealed record Union(IReadOnlyList<Selector> Parts) : Selector;

/// <summary>What all of the parts select: parts with commas between.</summary>
internal sealed record Intersection(IReadOnlyList<Selector> Parts) : Selector;

/// <summary>Nodes of one kind of match, with what is before and after them in the graph.</summary>
/// <param name="Method">Such as <c>tag</c>; null for a plain name or path.</param>
/// <param name="Detail">What stands after a dot in the method: the key in <c>config.materialized:view</c>.</param>
/// <param name="Value">What to match; <c>*</c> and <c>?</c> are wildcards.</param>
/// <param name="ParentSteps">How many steps up to take along; null for none.</param>
/// <param name="ChildSteps">How many steps down to take along; null for none.</param>
/// <param name="ChildrensParents">True with <c>@</c>: children, and all that they need.</param>
internal sealed record Criterion(
    string? Method,
    string? Detail,
    string Value,
    int? ParentSteps,
    int? ChildSteps,
    bool ChildrensParents
) : Selector;
