using System.Text;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Explaining;

/// <summary>Writes a definition again as YAML: keys in the order in which they were written, comments left out.</summary>
internal static class WrittenYaml
{
    private const string Inset = "  ";

    public static string Of(YamlMapping mapping)
    {
        var text = new StringBuilder();
        Append(text, mapping, "");
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, YamlMapping mapping, string inset)
    {
        foreach (var entry in mapping.Entries)
        {
            text.Append(inset).Append(entry.Key.Text).Append(':');
            AppendValue(text, entry.Value, inset + Inset);
        }
    }

    private static void AppendValue(StringBuilder text, YamlNode node, string inset)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping:
                text.Append('\n');
                Append(text, mapping, inset);
                break;
            case YamlSequence { Items.Count: > 0 } sequence:
                text.Append('\n');
                foreach (var item in sequence.Items)
                {
                    AppendItem(text, item, inset);
                }

                break;
            case YamlScalar scalar:
                text.Append(' ').Append(Scalar(scalar)).Append('\n');
                break;
            default:
                text.Append(node is YamlMapping ? " {}" : " []").Append('\n');
                break;
        }
    }

    private static void AppendItem(StringBuilder text, YamlNode item, string inset)
    {
        if (item is not YamlMapping { Entries.Count: > 0 } mapping)
        {
            text.Append(inset).Append('-');
            AppendValue(text, item, inset + Inset);
            return;
        }

        // The first key stands behind the dash, the others below it.
        var inner = new StringBuilder();
        Append(inner, mapping, inset + Inset);
        text.Append(inset)
            .Append("- ")
            .Append(inner, inset.Length + Inset.Length, inner.Length - inset.Length - Inset.Length);
    }

    private static string Scalar(YamlScalar scalar) =>
        scalar.IsPlain && !scalar.Text.Contains('\n', StringComparison.Ordinal)
            ? scalar.Text
            : $"\"{scalar.Text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
