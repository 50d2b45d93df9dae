using Headwater.Jinja.Values;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>The values of <c>var()</c>: the command line, then the project's <c>vars:</c>, then those of the package that asks.</summary>
internal sealed class ProjectVariables
{
    private readonly IReadOnlyDictionary<string, object?> _commandLine;
    private readonly Dictionary<string, JinjaDict> _packages = new(StringComparer.Ordinal);
    private readonly JinjaDict _root;

    public ProjectVariables(IReadOnlyList<ProjectPackage> packages, IReadOnlyDictionary<string, object?> commandLine)
    {
        _commandLine = commandLine;
        foreach (var package in packages)
        {
            _packages[package.Name] = YamlValues.ConvertMapping(package.File["vars"] as YamlMapping);
        }

        _root = _packages[packages[^1].Name];
    }

    public bool TryGet(string name, string package, out object? value)
    {
        if (_commandLine.TryGetValue(name, out value))
        {
            return true;
        }

        var own = _packages.GetValueOrDefault(package);
        return Scoped(_root, package, name, out value)
            || _root.TryGet(name, out value)
            || (own is not null && (Scoped(own, package, name, out value) || own.TryGet(name, out value)));
    }

    /// <summary>Names that would be found, for hints.</summary>
    public IReadOnlyCollection<string> Known(string package)
    {
        var names = _commandLine.Keys.Concat(Keys(_root));
        if (_packages.TryGetValue(package, out var own))
        {
            names = names.Concat(Keys(own));
        }

        return [.. names.Distinct(StringComparer.Ordinal)];

        IEnumerable<string> Keys(JinjaDict dict) =>
            dict.Items.SelectMany(pair =>
                pair.Value is JinjaDict inner && (string?)pair.Key == package ? inner.Keys.OfType<string>()
                : pair.Value is JinjaDict ? []
                : [Text.Str(pair.Key)]
            );
    }

    private static bool Scoped(JinjaDict variables, string package, string name, out object? value)
    {
        value = null;
        return variables.TryGet(package, out var scope) && scope is JinjaDict dict && dict.TryGet(name, out value);
    }
}
