using System.Globalization;
using System.Text;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>Writes template values as YAML in block style, as <c>toyaml()</c> gives them.</summary>
internal static class YamlText
{
    public static string Write(object? value, bool sortKeys)
    {
        var output = new StringBuilder();
        Append(output, value, 0, sortKeys);
        return output.ToString();
    }

    private static void Append(StringBuilder output, object? value, int indent, bool sortKeys)
    {
        switch (value)
        {
            case JinjaDict { Count: > 0 } dict:
                var items = sortKeys
                    ? dict.Items.OrderBy(pair => Text.Str(pair.Key), StringComparer.Ordinal)
                    : dict.Items.AsEnumerable();
                foreach (var (key, item) in items)
                {
                    output.Append(' ', indent).Append(Scalar(key)).Append(':');
                    // Lists stand as deep as the key that they belong to.
                    Below(output, item, item is JinjaList or JinjaTuple ? indent : indent + 2, sortKeys);
                }

                break;
            case JinjaList { Items.Count: > 0 } or JinjaTuple { Items.Count: > 0 }:
                foreach (var item in Iteration.Over(value))
                {
                    output.Append(' ', indent).Append('-');
                    var nested = new StringBuilder();
                    if (IsBlock(item))
                    {
                        Append(nested, item, indent + 2, sortKeys);
                        output.Append(' ').Append(nested.ToString(indent + 2, nested.Length - indent - 2));
                    }
                    else
                    {
                        output.Append(' ').Append(Scalar(item)).Append('\n');
                    }
                }

                break;
            default:
                output.Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void Below(StringBuilder output, object? item, int indent, bool sortKeys)
    {
        if (IsBlock(item))
        {
            output.Append('\n');
            Append(output, item, indent, sortKeys);
        }
        else
        {
            output.Append(' ').Append(Scalar(item)).Append('\n');
        }
    }

    private static bool IsBlock(object? value) =>
        value is JinjaDict { Count: > 0 } or JinjaList { Items.Count: > 0 } or JinjaTuple { Items.Count: > 0 };

    private static string Scalar(object? value) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            JinjaDict => "{}",
            JinjaList or JinjaTuple => "[]",
            string text => Word(text),
            _ => Text.Str(value),
        };

    // Quoted wherever YAML would read something else than this text.
    private static string Word(string text) =>
        text.Length > 0
        && text.All(character =>
            char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ' ' or '(' or ')'
        )
        && !char.IsWhiteSpace(text[0])
        && !char.IsWhiteSpace(text[^1])
        && text[0] != '-'
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "~")
            ? text
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
