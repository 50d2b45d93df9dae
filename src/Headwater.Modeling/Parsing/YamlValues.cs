using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>YAML nodes as template values.</summary>
internal static class YamlValues
{
    /// <summary>Converts a node.</summary>
    /// <param name="node">The node; null gives null.</param>
    /// <param name="render">What becomes of a text, given its place; null keeps it as written.</param>
    public static object? Convert(YamlNode? node, Func<string, SourceLocation, object?>? render = null) =>
        node switch
        {
            null => null,
            YamlScalar { IsNull: true } => null,
            YamlScalar { AsBoolean: { } flag } => flag,
            YamlScalar { AsInteger: { } number } => number,
            YamlScalar { AsNumber: { } number } => number,
            YamlScalar scalar => render is null ? scalar.Text : render(scalar.Text, scalar.Location),
            YamlSequence sequence => new JinjaList(sequence.Items.Select(item => Convert(item, render))),
            YamlMapping mapping => ConvertMapping(mapping, render),
            _ => null,
        };

    public static JinjaDict ConvertMapping(YamlMapping? mapping, Func<string, SourceLocation, object?>? render = null)
    {
        var dict = new JinjaDict();
        foreach (var entry in mapping?.Entries ?? [])
        {
            dict[entry.Key.Text] = Convert(entry.Value, render);
        }

        return dict;
    }
}
