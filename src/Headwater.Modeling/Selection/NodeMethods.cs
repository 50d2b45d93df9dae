using System.IO.Enumeration;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Selection;

/// <summary>What each method of a selection matches.</summary>
internal sealed class NodeMethods(Manifest manifest, SelectionState? state)
{
    private readonly StateMethods _changes = new(manifest, state);

    public bool Matches(ManifestNode node, Criterion criterion)
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
            "package" => Like(node.Package, value == "this" ? manifest.Project.Name : value),
            "resource_type" => node.ResourceType == value || (value == "all"),
            "source" => node is SourceNode source && IsSource(source, value),
            "config" => IsConfig(node, criterion.Detail ?? "", value),
            "group" => node.Group is { } group && Like(group, value),
            "access" => node is ModelNode model && IsAccess(model, value),
            "version" => node is ModelNode { Version: { } version } && IsVersion(version, value),
            "exposure" => node is ExposureNode && IsName(node, value),
            "unit_test" => node is UnitTestNode && IsName(node, value),
            "metric" => node is MetricNode && IsCalled(node, value),
            "semantic_model" => node is SemanticModelNode && IsCalled(node, value),
            "saved_query" => node is SavedQueryNode && IsCalled(node, value),
            "state" or "result" or "source_status" => _changes.Matches(node, criterion),
            "test_name" => node is TestNode { Generic: { } generic } && Like(generic.TestName, value),
            "test_type" => IsTestType(node, value),
            _ => false,
        };
    }

    private static bool IsTestType(ManifestNode node, string type) =>
        type switch
        {
            "unit" => node is UnitTestNode,
            "data" => node is TestNode,
            "singular" => node is TestNode { Generic: null },
            "generic" => node is TestNode { Generic: not null },
            _ => false,
        };

    private static bool IsAccess(ModelNode model, string access) =>
        string.Equals(model.Access.ToString(), access, StringComparison.OrdinalIgnoreCase);

    private static bool IsVersion(ModelVersion version, string value) =>
        value switch
        {
            "latest" => version.IsLatest,
            "prerelease" => VersionNumbers.Compare(version.Number, version.Latest) > 0,
            "old" => VersionNumbers.Compare(version.Number, version.Latest) < 0,
            _ => version.Number == value,
        };

    // A name, or a chain of folders from any package on: staging.orders, my_project.staging.
    private static bool IsName(ManifestNode node, string value) =>
        node is not (SourceNode or SemanticNode) && IsCalled(node, value);

    private static bool IsCalled(ManifestNode node, string value)
    {
        if (Like(node.Name, value))
        {
            return true;
        }

        var parts = value.Split('.');
        return StartsWith(node.Fqn, 0, parts) || StartsWith(node.Fqn, 1, parts);
    }

    // Asked of each node of a project: worth a loop.
    private static bool StartsWith(IReadOnlyList<string> fqn, int skipped, string[] parts)
    {
        if (parts.Length > fqn.Count - skipped)
        {
            return false;
        }

        for (var index = 0; index < parts.Length; index++)
        {
            if (!Like(fqn[index + skipped], parts[index]))
            {
                return false;
            }
        }

        return true;
    }

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
