using Headwater.Jinja.Formatting;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Python's methods of strings. Lengths and places count UTF-16 units.</summary>
internal static class StringMethods
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [.. Cases(), .. Searches(), .. Splits(), .. Shapes(), .. Checks()];

    private static string Self(NativeCall call) => (string)call.Subject!;

    private static NativeFunction Simple(string name, Func<string, object?> body) =>
        new(name, ParameterList.None, call => body(Self(call)));

    private static NativeFunction[] Cases() =>
        [
            Simple("upper", text => text.ToUpperInvariant()),
            Simple("lower", text => text.ToLowerInvariant()),
            Simple("casefold", text => text.ToLowerInvariant()),
            Simple("capitalize", TextOperations.Capitalize),
            Simple("title", TextOperations.Title),
            Simple(
                "swapcase",
                text =>
                    string.Concat(
                        text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))
                    )
            ),
        ];

    private static NativeFunction[] Searches() =>
        [
            new(
                "startswith",
                ParameterList.Of("prefix", "start?", "end?"),
                call => Affixes(call.Value(0)).Any(Range(call).StartsWithOrdinal)
            ),
            new(
                "endswith",
                ParameterList.Of("suffix", "start?", "end?"),
                call => Affixes(call.Value(0)).Any(Range(call).EndsWithOrdinal)
            ),
            new("find", ParameterList.Of("sub", "start?", "end?"), call => Find(call, last: false)),
            new("rfind", ParameterList.Of("sub", "start?", "end?"), call => Find(call, last: true)),
            new("index", ParameterList.Of("sub", "start?", "end?"), call => Found(Find(call, last: false))),
            new("rindex", ParameterList.Of("sub", "start?", "end?"), call => Found(Find(call, last: true))),
            new("count", ParameterList.Of("sub", "start?", "end?"), Count),
            new(
                "replace",
                ParameterList.Of("old", "new", "count?"),
                call => TextOperations.Replace(Self(call), call.Text(0), call.Text(1), call.Integer(2, -1))
            ),
            new(
                "removeprefix",
                ParameterList.Of("prefix"),
                call => Self(call).StartsWithOrdinal(call.Text(0)) ? Self(call)[call.Text(0).Length..] : Self(call)
            ),
            new(
                "removesuffix",
                ParameterList.Of("suffix"),
                call => Self(call).EndsWithOrdinal(call.Text(0)) ? Self(call)[..^call.Text(0).Length] : Self(call)
            ),
        ];

    private static NativeFunction[] Splits() =>
        [
            new(
                "split",
                ParameterList.Of("sep?", "maxsplit?"),
                call => StringSplitting.Split(Self(call), call.OptionalText(0), call.Integer(1, -1))
            ),
            new(
                "rsplit",
                ParameterList.Of("sep?", "maxsplit?"),
                call => StringSplitting.SplitFromEnd(Self(call), call.OptionalText(0), call.Integer(1, -1))
            ),
            new(
                "splitlines",
                ParameterList.Of("keepends?"),
                call => new JinjaList(TextOperations.SplitLines(Self(call), call.Flag(0)))
            ),
            new(
                "partition",
                ParameterList.Of("sep"),
                call => StringSplitting.Partition(Self(call), call.Text(0), last: false)
            ),
            new(
                "rpartition",
                ParameterList.Of("sep"),
                call => StringSplitting.Partition(Self(call), call.Text(0), last: true)
            ),
            new("join", ParameterList.Of("iterable"), Join),
        ];

    private static NativeFunction[] Shapes() =>
        [
            new("strip", ParameterList.Of("chars?"), call => TextOperations.Strip(Self(call), call.OptionalText(0))),
            new(
                "lstrip",
                ParameterList.Of("chars?"),
                call => TextOperations.Strip(Self(call), call.OptionalText(0), end: false)
            ),
            new(
                "rstrip",
                ParameterList.Of("chars?"),
                call => TextOperations.Strip(Self(call), call.OptionalText(0), start: false)
            ),
            new("ljust", ParameterList.Of("width", "fillchar?"), call => Self(call).PadRight(Width(call), Fill(call))),
            new("rjust", ParameterList.Of("width", "fillchar?"), call => Self(call).PadLeft(Width(call), Fill(call))),
            new(
                "center",
                ParameterList.Of("width", "fillchar?"),
                call => TextOperations.Center(Self(call), Width(call), Fill(call))
            ),
            new("zfill", ParameterList.Of("width"), ZeroFill),
            new("format", null, call => new BraceFormat(call.Arguments).Apply(Self(call))),
            new("format_map", ParameterList.Of("mapping"), FormatMap),
            new("expandtabs", ParameterList.Of("tabsize?"), call => ExpandTabs(Self(call), call.Bounded(0, 8, 0, 100))),
            new("encode", ParameterList.Of("encoding?", "errors?"), call => Self(call)),
        ];

    // A tab goes on to the next column that the size divides.
    private static string ExpandTabs(string text, int size)
    {
        var output = new TextBuilder();
        var column = 0;
        foreach (var character in text)
        {
            if (character == '\t')
            {
                var width = size == 0 ? 0 : size - (column % size);
                output.Append(' ', width);
                column += width;
            }
            else
            {
                output.Append(character);
                column = character is '\n' or '\r' ? 0 : column + 1;
            }
        }

        return output.Complete();
    }

    private static NativeFunction[] Checks() =>
        [
            Simple("isdigit", text => text.Length > 0 && text.All(char.IsDigit)),
            Simple("isdecimal", text => text.Length > 0 && text.All(char.IsDigit)),
            Simple("isnumeric", text => text.Length > 0 && text.All(char.IsNumber)),
            Simple("isalpha", text => text.Length > 0 && text.All(char.IsLetter)),
            Simple("isalnum", text => text.Length > 0 && text.All(char.IsLetterOrDigit)),
            Simple("isspace", text => text.Length > 0 && text.All(char.IsWhiteSpace)),
            Simple("isupper", text => text.Any(char.IsUpper) && !text.Any(char.IsLower)),
            Simple("islower", text => text.Any(char.IsLower) && !text.Any(char.IsUpper)),
            Simple("istitle", text => text.Any(char.IsLetter) && text == TextOperations.Title(text)),
            Simple(
                "isidentifier",
                text => text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_')
            ),
            Simple("isascii", text => text.All(char.IsAscii)),
        ];

    private static bool StartsWithOrdinal(this string text, string part) =>
        text.StartsWith(part, StringComparison.Ordinal);

    private static bool EndsWithOrdinal(this string text, string part) => text.EndsWith(part, StringComparison.Ordinal);

    private static IEnumerable<string> Affixes(object? value) =>
        value switch
        {
            string single => [single],
            JinjaTuple several => several.Items.Select(item =>
                item as string ?? throw JinjaFault.Type($"a str is required, not {TypeNames.Of(item)}")
            ),
            _ => throw JinjaFault.Type($"argument must be str or a tuple of str, not {TypeNames.Of(value)}"),
        };

    private static (int Start, int End) Bounds(NativeCall call)
    {
        var length = Self(call).Length;
        int Bound(int index, long otherwise) =>
            call.Value(index) is null
                ? (int)otherwise
                : (int)
                    Math.Clamp(
                        call.Integer(index) is < 0 and var back ? back + length : call.Integer(index),
                        0,
                        length
                    );
        var start = Bound(1, 0);
        return (start, Math.Max(start, Bound(2, length)));
    }

    private static string Range(NativeCall call)
    {
        var (start, end) = Bounds(call);
        return Self(call)[start..end];
    }

    private static object? Find(NativeCall call, bool last)
    {
        var (start, _) = Bounds(call);
        var range = Range(call);
        var place = last
            ? range.LastIndexOf(call.Text(0), StringComparison.Ordinal)
            : range.IndexOf(call.Text(0), StringComparison.Ordinal);
        return place < 0 ? -1L : (long)place + start;
    }

    private static object? Found(object? place) => place is -1L ? throw JinjaFault.Value("substring not found") : place;

    private static object? Count(NativeCall call)
    {
        var range = Range(call);
        var part = call.Text(0);
        if (part.Length == 0)
        {
            return (long)range.Length + 1;
        }

        var count = 0L;
        for (
            var at = range.IndexOf(part, StringComparison.Ordinal);
            at >= 0;
            at = range.IndexOf(part, at + part.Length, StringComparison.Ordinal)
        )
        {
            count++;
        }

        return count;
    }

    private static string Join(NativeCall call) =>
        TextBuilder.Join(
            Self(call),
            Iteration
                .Over(call.Value(0))
                .Select(
                    (item, index) =>
                        item as string
                        ?? throw JinjaFault.Type(
                            $"sequence item {index}: expected str instance, {TypeNames.Of(item)} found"
                        )
                )
        );

    private static int Width(NativeCall call) => call.Bounded(0, 0, 0, 1_000_000);

    private static char Fill(NativeCall call) =>
        call.Text(1, " ") is [var fill]
            ? fill
            : throw JinjaFault.Type("The fill character must be exactly one character long");

    private static string ZeroFill(NativeCall call)
    {
        var text = Self(call);
        var signed = text.Length > 0 && text[0] is '+' or '-';
        return signed ? text[0] + text[1..].PadLeft(Width(call) - 1, '0') : text.PadLeft(Width(call), '0');
    }

    private static string FormatMap(NativeCall call) =>
        call.Value(0) is JinjaDict dict
            ? new BraceFormat(
                new Evaluation.Arguments(
                    [],
                    dict.Items.ToDictionary(pair => Text.Str(pair.Key), pair => pair.Value, StringComparer.Ordinal)
                )
            ).Apply(Self(call))
            : throw JinjaFault.Type("format_map() needs a mapping");
}
