using System.Text.Encodings.Web;
using System.Text.Json;
using Headwater.Project.Yaml;

namespace Headwater.Compat.Metrics.Manifests;

/// <summary>Writes nodes back as YAML of one line.</summary>
internal static class YamlText
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(YamlNode node) =>
        node switch
        {
            YamlMapping mapping =>
                $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Quoted(entry.Key.Text)}: {Of(entry.Value)}"))}}}",
            YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Of))}]",
            // A plain number or boolean means something else in quotes.
            YamlScalar { IsPlain: true } scalar
                when scalar.IsNull || scalar.AsBoolean is not null || scalar.AsNumber is not null => scalar.Text,
            YamlScalar scalar => Quoted(scalar.Text),
            _ => throw new InvalidOperationException($"unknown node {node.GetType().Name}"),
        };

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}
