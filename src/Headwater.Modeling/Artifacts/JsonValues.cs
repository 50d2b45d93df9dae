using System.Text.Json;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Artifacts;

/// <summary>Template values as JSON.</summary>
internal static class JsonValues
{
    public static void Write(this Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void WriteValue(this Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case JinjaDict dict:
                json.WriteStartObject();
                foreach (var (key, item) in dict.Items)
                {
                    json.WritePropertyName(key as string ?? Json.KeyOf(key));
                    json.WriteValue(item);
                }

                json.WriteEndObject();
                break;
            case JinjaList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    json.WriteValue(item);
                }

                json.WriteEndArray();
                break;
            default:
                // What is left, large numbers and their like, is as Python writes it.
                json.WriteRawValue(Json.Write(value, sortKeys: false));
                break;
        }
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
