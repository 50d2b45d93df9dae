using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Graph;

/// <summary>A named selection of <c>selectors.yml</c>.</summary>
public sealed record SelectorDefinition(
    string Name,
    string? Description,
    bool IsDefault,
    SelectorTerm Definition,
    SourceLocation Location
);

/// <summary>A part of a named selection.</summary>
public abstract record SelectorTerm;

/// <summary>A selection as the command line takes it: <c>tag:nightly+</c>.</summary>
public sealed record SelectorText(string Text) : SelectorTerm;

/// <summary>One method with its value, and what is taken along.</summary>
/// <param name="Method">Such as <c>tag</c> or <c>config.materialized</c>.</param>
/// <param name="ParentSteps">How many steps up; null for none.</param>
/// <param name="ChildSteps">How many steps down; null for none.</param>
/// <param name="ChildrensParents">True with <c>childrens_parents</c>.</param>
public sealed record SelectorMethod(
    string Method,
    string Value,
    int? ParentSteps,
    int? ChildSteps,
    bool ChildrensParents
) : SelectorTerm
{
    /// <summary>Which tests come along; null as the command says.</summary>
    public IndirectSelection? Indirect { get; init; }
}

/// <summary>Another named selection: <c>method: selector</c>.</summary>
public sealed record SelectorReference(string Name) : SelectorTerm;

/// <summary>What any part selects, without what is excluded.</summary>
public sealed record SelectorUnion(IReadOnlyList<SelectorTerm> Parts, IReadOnlyList<SelectorTerm> Exclude)
    : SelectorTerm;

/// <summary>What all parts select, without what is excluded.</summary>
public sealed record SelectorIntersection(IReadOnlyList<SelectorTerm> Parts, IReadOnlyList<SelectorTerm> Exclude)
    : SelectorTerm;
