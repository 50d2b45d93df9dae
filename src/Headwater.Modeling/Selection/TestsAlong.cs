using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Selection;

/// <summary>Finds the tests that come along with selected nodes.</summary>
internal sealed class TestsAlong(Manifest manifest)
{
    /// <summary>The nodes with their tests.</summary>
    public Selected Of(HashSet<string> nodes, IndirectSelection mode)
    {
        var selected = new Selected(nodes, new HashSet<string>(StringComparer.Ordinal));
        if (mode == IndirectSelection.Empty)
        {
            return selected;
        }

        // What reads the selected tests' parents is settled before any test is added.
        var tests = manifest
            .Nodes.Values.Where(node => node is TestNode or UnitTestNode && node.DependsOn.Any(nodes.Contains))
            .ToList();
        if (mode == IndirectSelection.Eager)
        {
            nodes.UnionWith(tests.Select(test => test.UniqueId));
            return selected;
        }

        selected.Waiting.UnionWith(tests.Select(test => test.UniqueId));
        return Join(selected, mode);
    }

    /// <summary>The same, with those waiting tests of which all that they read is there now.</summary>
    public Selected Join(Selected selected, IndirectSelection mode)
    {
        if (selected.Waiting.Count == 0)
        {
            return selected;
        }

        var there = new HashSet<string>(selected.Nodes, StringComparer.Ordinal);
        if (mode == IndirectSelection.Buildable)
        {
            there.UnionWith(selected.Nodes.SelectMany(id => manifest.Graph.Ancestors(id)));
            there.UnionWith(manifest.Nodes.Values.OfType<SourceNode>().Select(source => source.UniqueId));
        }

        var complete = selected.Waiting.Where(id => manifest.Nodes[id].DependsOn.All(there.Contains)).ToList();
        selected.Nodes.UnionWith(complete);
        selected.Waiting.ExceptWith(complete);
        return selected;
    }
}
