using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Headwater.Jinja.Values;

/// <summary>Python's <c>json.dumps</c> and <c>json.loads</c>.</summary>
public static class Json
{
    /// <summary>JSON with Python's spacing and ASCII escapes.</summary>
    /// <exception cref="JinjaFault">The value has no form in JSON.</exception>
    public static string Write(object? value, int? indent = null, bool sortKeys = false)
    {
        var output = new TextBuilder();
        Append(output, value, indent, sortKeys, 0);
        return output.Complete();
    }

    /// <summary>The template value that JSON text stands for.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static object? Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Convert(document.RootElement);
    }

    private static object? Convert(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new JinjaDict(
                element
                    .EnumerateObject()
                    .Select(property => KeyValuePair.Create(property.Name, Convert(property.Value)))
            ),
            JsonValueKind.Array => new JinjaList(element.EnumerateArray().Select(Convert)),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when element.TryGetInt64(out var number) => number,
            JsonValueKind.Number when !element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => BigInteger.Parse(
                element.GetRawText(),
                CultureInfo.InvariantCulture
            ),
            JsonValueKind.Number => element.GetDouble(),
            _ => null,
        };

    private static void Append(TextBuilder output, object? value, int? indent, bool sortKeys, int depth)
    {
        if (depth > 100)
        {
            throw JinjaFault.Value("Circular reference detected");
        }

        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            case string text:
                Quote(output, text);
                break;
            case long or BigInteger or double:
                output.Append(Text.Repr(value));
                break;
            case JinjaDict dict:
                var pairs = dict.Items.Select(pair => (Key: KeyOf(pair.Key), pair.Value));
                pairs = sortKeys ? pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal) : pairs;
                Members(
                    output,
                    '{',
                    [
                        .. pairs.Select(pair =>
                            (Action)(
                                () =>
                                {
                                    Quote(output, pair.Key);
                                    output.Append(": ");
                                    Append(output, pair.Value, indent, sortKeys, depth + 1);
                                }
                            )
                        ),
                    ],
                    '}',
                    indent,
                    depth
                );
                break;
            case JinjaList or JinjaTuple:
                Members(
                    output,
                    '[',
                    [
                        .. Iteration
                            .Over(value)
                            .Select(item => (Action)(() => Append(output, item, indent, sortKeys, depth + 1))),
                    ],
                    ']',
                    indent,
                    depth
                );
                break;
            case JinjaUndefined undefined:
                throw undefined.Fault();
            default:
                throw JinjaFault.Type($"Object of type {TypeNames.Of(value)} is not JSON serializable");
        }
    }

    private static void Members(TextBuilder output, char open, List<Action> members, char close, int? indent, int depth)
    {
        output.Append(open);
        for (var index = 0; index < members.Count; index++)
        {
            output.Append(
                index == 0 ? ""
                : indent is null ? ", "
                : ","
            );
            NewLine(depth + 1);
            members[index]();
        }

        if (members.Count > 0)
        {
            NewLine(depth);
        }

        output.Append(close);

        void NewLine(int level)
        {
            if (indent is { } width)
            {
                output.Append('\n').Append(' ', width * level);
            }
        }
    }

    /// <summary>A key as JSON has it, where all keys are texts.</summary>
    /// <exception cref="JinjaFault">The value cannot be a key.</exception>
    public static string KeyOf(object? key) =>
        key switch
        {
            string text => text,
            null => "null",
            bool flag => flag ? "true" : "false",
            long or double or BigInteger => Text.Repr(key),
            _ => throw JinjaFault.Type($"keys must be str, int, float, bool or None, not {TypeNames.Of(key)}"),
        };

    private static void Quote(TextBuilder output, string text)
    {
        output.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                < ' ' or > '~' => output.Append(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")),
                _ => output.Append(character),
            };
        }

        output.Append('"');
    }
}
