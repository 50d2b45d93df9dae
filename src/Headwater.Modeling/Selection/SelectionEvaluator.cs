using System.IO.Enumeration;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Selection;

/// <summary>Finds the nodes that a selection means.</summary>
internal sealed class SelectionEvaluator(Manifest manifest)
{
    /// <summary>Unique ids of the selected nodes, tests of selected nodes included.</summary>
    /// <param name="select">Selections; none selects everything.</param>
    /// <param name="exclude">Selections to leave out.</param>
    public HashSet<string> Select(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        var selected =
            select.Count == 0 ? [.. manifest.Nodes.Keys] : WithTests(Evaluate(SelectionParser.Parse(select)));
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
            .Tests.Where(test => test.DependsOn.Any(selected.Contains))
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

    private HashSet<string> Evaluate(Criterion criterion)
    {
        var matched = manifest
            .Nodes.Values.Where(node => Matches(node, criterion))
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

    private static bool Matches(ManifestNode node, Criterion criterion)
    {
        var value = criterion.Value;
        return criterion.Method switch
        {
            null => value.Contains('/') || value.EndsWith(".sql", StringComparison.Ordinal)
                ? IsPath(node, value)
                : IsName(node, value),
            "fqn" => IsName(node, value),
            "path" => IsPath(node, value),
            "file" => Like(Path.GetFileName(node.Path), value)
                || Like(Path.GetFileNameWithoutExtension(node.Path), value),
            "tag" => node.Tags.Any(tag => Like(tag, value)),
            "package" => Like(node.Package, value),
            "resource_type" => node.ResourceType == value || (value == "all"),
            "source" => node is SourceNode source && IsSource(source, value),
            "config" => IsConfig(node, criterion.Detail ?? "", value),
            "test_name" => node is TestNode { Generic: { } generic } && Like(generic.TestName, value),
            "test_type" => node is TestNode test
                && value is "data" or ("singular" or "generic")
                && IsTestType(node, value),
            _ => false,
        };
    }

    private static bool IsTestType(ManifestNode node, string value) =>
        node is TestNode test && (value == "data" || (test.Generic is null) == (value == "singular"));

    // A name, or a chain of folders from any package on: staging.orders, my_project.staging.
    private static bool IsName(ManifestNode node, string value)
    {
        if (node is SourceNode)
        {
            return false;
        }

        if (Like(node.Name, value))
        {
            return true;
        }

        var parts = value.Split('.');
        return StartsWith(node.Fqn, parts) || StartsWith([.. node.Fqn.Skip(1)], parts);
    }

    private static bool StartsWith(IReadOnlyList<string> fqn, string[] parts) =>
        parts.Length <= fqn.Count && parts.Zip(fqn).All(pair => Like(pair.Second, pair.First));

    private static bool IsPath(ManifestNode node, string value)
    {
        var path = value.Replace('\\', '/').TrimEnd('/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return Like(node.Path, path) || Like(node.Path, path + "/*");
    }

    private static bool IsSource(SourceNode source, string value)
    {
        var parts = value.Split('.');
        return parts switch
        {
            [var name] => Like(source.SourceName, name),
            [var name, var table] => Like(source.SourceName, name) && Like(source.Name, table),
            [var package, var name, var table] => Like(source.Package, package)
                && Like(source.SourceName, name)
                && Like(source.Name, table),
            _ => false,
        };
    }

    private static bool IsConfig(ManifestNode node, string key, string value)
    {
        object? found = node.Config.Values;
        foreach (var part in key.Split('.'))
        {
            found = found is JinjaDict dict && dict.TryGet(part, out var next) ? next : null;
        }

        return found switch
        {
            JinjaList list => list.Items.Any(item => Like(Text.Str(item), value)),
            bool flag => string.Equals(Text.Str(flag), value, StringComparison.OrdinalIgnoreCase),
            null => false,
            _ => Like(Text.Str(found), value),
        };
    }

    private static bool Like(string text, string pattern) =>
        text == pattern
        || (
            pattern.AsSpan().ContainsAny('*', '?')
            && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)
        );
}
