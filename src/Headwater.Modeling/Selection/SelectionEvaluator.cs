using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Selection;

/// <summary>Finds the nodes that a selection means.</summary>
internal sealed class SelectionEvaluator(Manifest manifest, SelectionState? state = null)
{
    private readonly NodeMethods _methods = new(manifest, state);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Unique ids of the selected nodes, tests of selected nodes included.</summary>
    /// <param name="select">Selections; none selects what the default selector does, or else everything.</param>
    /// <param name="exclude">Selections to leave out.</param>
    public HashSet<string> Select(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        var byDefault =
            select.Count + exclude.Count == 0
                ? manifest.Selectors.FirstOrDefault(selector => selector.IsDefault)
                : null;
        var selected =
            byDefault is not null ? WithTests(Named(byDefault.Name))
            : select.Count == 0 ? [.. manifest.Nodes.Keys]
            : WithTests(Evaluate(SelectionParser.Parse(select)));
        if (exclude.Count > 0)
        {
            selected.ExceptWith(WithTests(Evaluate(SelectionParser.Parse(exclude))));
        }

        return selected;
    }

    // A test runs if any node that it reads is selected, as with dbt's eager mode.
    private HashSet<string> WithTests(HashSet<string> selected)
    {
        var tests = manifest
            .Nodes.Values.Where(node => node is TestNode or UnitTestNode && node.DependsOn.Any(selected.Contains))
            .Select(test => test.UniqueId)
            .ToList();
        selected.UnionWith(tests);
        return selected;
    }

    private HashSet<string> Evaluate(Selector selector)
    {
        switch (selector)
        {
            case Union union:
                var all = new HashSet<string>(StringComparer.Ordinal);
                foreach (var part in union.Parts)
                {
                    all.UnionWith(Evaluate(part));
                }

                return all;
            case Intersection intersection:
                var common = Evaluate(intersection.Parts[0]);
                foreach (var part in intersection.Parts.Skip(1))
                {
                    // Tests come along with what is selected, so that an intersection keeps the tests of its nodes.
                    common = WithTests(common);
                    common.IntersectWith(WithTests(Evaluate(part)));
                }

                return common;
            default:
                return Evaluate((Criterion)selector);
        }
    }

    /// <summary>What a named selection of <c>selectors.yml</c> selects.</summary>
    /// <exception cref="DiagnosticException">HW2117: there is none of this name, or it leads back to itself.</exception>
    private HashSet<string> Named(string name)
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

        var selected = Evaluate(selector.Definition);
        _open.Remove(name);
        return selected;
    }

    private HashSet<string> Evaluate(SelectorTerm term)
    {
        switch (term)
        {
            case SelectorText text:
                return Evaluate(SelectionParser.Parse([text.Text]));
            case SelectorReference reference:
                return Named(reference.Name);
            case SelectorMethod method:
                return Evaluate(SelectionParser.Of(method));
            case SelectorUnion union:
                return Without(Any(union.Parts), union.Exclude);
            case SelectorIntersection { Parts.Count: > 0 } intersection:
                var common = WithTests(Evaluate(intersection.Parts[0]));
                foreach (var part in intersection.Parts.Skip(1))
                {
                    common.IntersectWith(WithTests(Evaluate(part)));
                }

                return Without(common, intersection.Exclude);
            default:
                return new HashSet<string>(StringComparer.Ordinal);
        }
    }

    private HashSet<string> Any(IReadOnlyList<SelectorTerm> parts)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            all.UnionWith(Evaluate(part));
        }

        return all;
    }

    private HashSet<string> Without(HashSet<string> selected, IReadOnlyList<SelectorTerm> excluded)
    {
        if (excluded.Count > 0)
        {
            selected = WithTests(selected);
            selected.ExceptWith(WithTests(Any(excluded)));
        }

        return selected;
    }

    private HashSet<string> Evaluate(Criterion criterion)
    {
        var matched =
            criterion.Method == "selector"
                ? Named(criterion.Value)
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

        return result;
    }
}
