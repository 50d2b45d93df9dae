using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Parsing;
using Headwater.Project.Yaml;

namespace Headwater.Modeling;

/// <summary>Values that are given on a command line as YAML: <c>--vars '{start: 2024-01-01}'</c>.</summary>
public static class ModelingVariables
{
    /// <summary>The entries of a mapping, as templates see them.</summary>
    /// <param name="yaml">A mapping in YAML or JSON; nothing is an empty one.</param>
    /// <param name="source">What it is called in diagnostics, such as <c>--vars</c>.</param>
    /// <exception cref="DiagnosticException">It is not YAML, or not a mapping.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string yaml, string source)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(yaml))
        {
            return values;
        }

        var problems = new DiagnosticBag();
        var node = YamlReader.Read(yaml, source, problems);
        problems.ThrowIfErrors();
        if (YamlValues.Convert(node) is not JinjaDict dict)
        {
            throw ModelingDiagnostics.NotAMapping.With(source).ToException();
        }

        foreach (var (key, value) in dict.Items)
        {
            values[Text.Str(key)] = value;
        }

        return values;
    }
}
