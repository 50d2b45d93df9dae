using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Selection;

/// <summary>Finds the nodes that a selection means.</summary>
/// <param name="state">What <c>state:</c> and the like compare with.</param>
/// <param name="indirect">Which tests come along, where a named selection does not say so itself.</param>
internal sealed class SelectionEvaluator(
    Manifest manifest,
    SelectionState? state = null,
    IndirectSelection indirect = IndirectSelection.Eager
)
{
    private readonly NodeMethods _methods = new(manifest, state);
    private readonly TestsAlong _along = new(manifest);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Unique ids of the selected nodes, tests of selected nodes included.</summary>
    /// <param name="select">Selections; none selects what the default selector does, or else everything.</param>
    /// <param name="exclude">Selections to leave out, always with every test that reads something left out.</param>
    public HashSet<string> Select(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        var byDefault =
            select.Count + exclude.Count == 0
                ? manifest.Selectors.FirstOrDefault(selector => selector.IsDefault)
                : null;
        var selected =
            byDefault is not null ? Named(byDefault.Name, indirect).Nodes
            : select.Count == 0 ? [.. manifest.Nodes.Keys]
            : Evaluate(SelectionParser.Parse(select), indirect).Nodes;
        if (exclude.Count > 0)
        {
            selected.ExceptWith(Evaluate(SelectionParser.Parse(exclude), IndirectSelection.Eager).Nodes);
        }

        return selected;
    }

    private Selected Evaluate(Selector selector, IndirectSelection mode) =>
        selector switch
        {
            Union union => Any(union.Parts.Select(part => Evaluate(part, mode)), mode),
            Intersection all => All(all.Parts.Select(part => Evaluate(part, mode)), mode),
            _ => Evaluate((Criterion)selector, mode),
        };

    /// <summary>What a named selection of <c>selectors.yml</c> selects.</summary>
    /// <exception cref="DiagnosticException">HW2117: there is none of this name, or it leads back to itself.</exception>
    private Selected Named(string name, IndirectSelection mode)
    {
        var selector = manifest.Selectors.FirstOrDefault(item => item.Name == name);
        if (selector is null)
        {
            throw (
                ModelingDiagnostics.UnknownSelector.With($"selector:{name}", "selectors.yml has none of this name") with
                {
                    Hint = NearestName.Hint(name, [.. manifest.Selectors.Select(item => item.Name)]),
                }
            ).ToException();
        }

        if (!_open.Add(name))
        {
            throw ModelingDiagnostics.UnknownSelector.With($"selector:{name}", "it leads back to itself").ToException();
        }

        var selected = Evaluate(selector.Definition, mode);
        _open.Remove(name);
        return selected;
    }

    private Selected Evaluate(SelectorTerm term, IndirectSelection mode) =>
        term switch
        {
            SelectorText text => Evaluate(SelectionParser.Parse([text.Text]), mode),
            SelectorReference reference => Named(reference.Name, mode),
            SelectorMethod method => Evaluate(SelectionParser.Of(method), method.Indirect ?? mode),
            SelectorUnion union => Without(Any(union.Parts.Select(part => Evaluate(part, mode)), mode), union.Exclude),
            SelectorIntersection all => Without(All(all.Parts.Select(part => Evaluate(part, mode)), mode), all.Exclude),
            _ => Selected.Nothing(),
        };

    private Selected Any(IEnumerable<Selected> parts, IndirectSelection mode) =>
        _along.Join(parts.Aggregate(Selected.Nothing(), (left, right) => left.Or(right)), mode);

    private Selected All(IEnumerable<Selected> parts, IndirectSelection mode)
    {
        var list = parts.ToList();
        return list is [var first, .. var rest]
            ? _along.Join(rest.Aggregate(first, (left, right) => left.And(right)), mode)
            : Selected.Nothing();
    }

    private Selected Without(Selected selected, IReadOnlyList<SelectorTerm> excluded) =>
        excluded.Count == 0
            ? selected
            : selected.Without(excluded.SelectMany(term => Evaluate(term, IndirectSelection.Eager).Nodes));

    private Selected Evaluate(Criterion criterion, IndirectSelection mode)
    {
        if (
            criterion.Method == "selector"
            && criterion is { ParentSteps: null, ChildSteps: null, ChildrensParents: false }
        )
        {
            return Named(criterion.Value, mode);
        }

        var matched =
            criterion.Method == "selector"
                ? Named(criterion.Value, mode).Nodes
                : manifest
                    .Nodes.Values.Where(node => _methods.Matches(node, criterion))
                    .Select(node => node.UniqueId)
                    .ToHashSet(StringComparer.Ordinal);
        var result = new HashSet<string>(matched, StringComparer.Ordinal);
        foreach (var id in matched)
        {
            if (criterion.ParentSteps is { } up)
            {
                result.UnionWith(manifest.Graph.Ancestors(id, up));
            }

            if (criterion.ChildSteps is { } down)
            {
                result.UnionWith(manifest.Graph.Descendants(id, down));
            }

            if (criterion.ChildrensParents)
            {
                var children = manifest.Graph.Descendants(id);
                result.UnionWith(children);
                result.UnionWith(children.SelectMany(child => manifest.Graph.Ancestors(child)));
            }
        }

        return _along.Of(result, mode);
    }
}
