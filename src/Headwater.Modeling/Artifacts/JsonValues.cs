using System.Text.Json;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Artifacts;

/// <summary>Template values as JSON.</summary>
internal static class JsonValues
{
    public static void Write(this Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Json.Write(value, sortKeys: false));
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteEmpty(this Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }

    public static void WriteEmptyList(this Utf8JsonWriter json, string name) => json.WriteTexts(name, []);
}
