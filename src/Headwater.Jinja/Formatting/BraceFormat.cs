using System.Globalization;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Formatting;

/// <summary>Python's <c>'{} of {name:>8}'.format(…)</c>.</summary>
internal sealed class BraceFormat(Arguments arguments)
{
    private int _next;

    public string Apply(string format, int depth = 0)
    {
        if (depth > 2)
        {
            throw JinjaFault.Value("Max string recursion exceeded");
        }

        var output = new TextBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var character = format[at];
            if (character is '{' or '}' && at + 1 < format.Length && format[at + 1] == character)
            {
                output.Append(character);
                at++;
            }
            else if (character == '}')
            {
                throw JinjaFault.Value("Single '}' encountered in format string");
            }
            else if (character == '{')
            {
                var close = Close(format, at);
                output.Append(Field(format[(at + 1)..close], depth));
                at = close;
            }
            else
            {
                output.Append(character);
            }
        }

        return output.Complete();
    }

    private static int Close(string format, int open)
    {
        var depth = 0;
        for (var at = open; at < format.Length; at++)
        {
            depth +=
                format[at] == '{' ? 1
                : format[at] == '}' ? -1
                : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        throw JinjaFault.Value("Single '{' encountered in format string");
    }

    private string Field(string field, int depth)
    {
        var colon = field.IndexOf(':');
        var spec = colon < 0 ? "" : Apply(field[(colon + 1)..], depth + 1);
        var name = colon < 0 ? field : field[..colon];
        var conversion = name.IndexOf('!');
        var converted = conversion < 0 ? ' ' : name[^1];
        var value = Find(conversion < 0 ? name : name[..conversion]);
        return FormatSpec.Apply(
            converted switch
            {
                ' ' => value,
                'r' or 'a' => Text.Repr(value),
                _ => Text.Str(value),
            },
            spec
        );
    }

    private object? Find(string path)
    {
        var end = path.IndexOfAny(['.', '[']);
        var head = end < 0 ? path : path[..end];
        var value =
            head.Length == 0 ? Positional(_next++)
            : int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Positional(index)
            : arguments.Keyword.TryGetValue(head, out var named) ? named
            : throw JinjaFault.Value($"no argument for the key '{head}'");
        var rest = end < 0 ? "" : path[end..];
        while (rest.Length > 0)
        {
            var bracket = rest[0] == '[';
            var stop = bracket ? rest.IndexOf(']') : rest.IndexOfAny(['.', '['], 1);
            stop = stop < 0 ? rest.Length : stop;
            var key = rest[1..stop];
            value = bracket
                ? Iteration.Item(
                    value,
                    long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : key
                )
                : Iteration.Attribute(value, key);
            rest = rest[Math.Min(rest.Length, bracket ? stop + 1 : stop)..];
        }

        return value;
    }

    private object? Positional(int index) =>
        index < arguments.Positional.Count
            ? arguments.Positional[index]
            : throw JinjaFault.Value($"Replacement index {index} out of range for positional args tuple");
}
