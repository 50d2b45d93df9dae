using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Functions;

/// <summary>Jinja's global functions.</summary>
internal static class GlobalFunctions
{
    private const long LongestRange = 10_000_000;

    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("range", null, Range),
        new("dict", null, Dict),
        new("namespace", null, Namespace),
        new("cycler", null, call => new Cycler(call.Arguments.Positional)),
        new("joiner", ParameterList.Of("sep?"), call => new Joiner(call.Text(0, ", "))),
        new("lipsum", ParameterList.Of("n?", "html?", "min?", "max?"), Lipsum),
    ];

    private static JinjaRange Range(NativeCall call)
    {
        var bounds = call
            .Arguments.Positional.Select(value =>
                value switch
                {
                    long number => number,
                    bool flag => flag ? 1L : 0L,
                    JinjaUndefined undefined => throw undefined.Fault(),
                    _ => throw JinjaFault.Type($"'{TypeNames.Of(value)}' object cannot be interpreted as an integer"),
                }
            )
            .ToList();
        var range = bounds switch
        {
            [var stop] => new JinjaRange(0, stop, 1),
            [var start, var stop] => new JinjaRange(start, stop, 1),
            [_, _, 0] => throw JinjaFault.Value("range() arg 3 must not be zero"),
            [var start, var stop, var step] => new JinjaRange(start, stop, step),
            _ => throw JinjaFault.Arguments($"range expected 1 to 3 arguments, got {bounds.Count}"),
        };
        return Math.Abs((decimal)range.Stop - range.Start) / Math.Abs((decimal)range.Step) > LongestRange
            ? throw JinjaFault.Limit($"a range is longer than {LongestRange}")
            : range;
    }

    internal static JinjaDict Dict(NativeCall call)
    {
        var dict = new JinjaDict();
        foreach (var source in call.Arguments.Positional)
        {
            DictUpdates.Apply(dict, source);
        }

        foreach (var (key, value) in call.Arguments.Keyword)
        {
            dict[key] = value;
        }

        return dict;
    }

    private static JinjaNamespace Namespace(NativeCall call)
    {
        var space = new JinjaNamespace();
        space.Attributes.Merge(Dict(call));
        return space;
    }

    // Placeholder text in a fixed order: a template must render the same each time.
    private static string Lipsum(NativeCall call)
    {
        const string sentence = "Lorem ipsum dolor sit amet, consectetur adipiscing elit.";
        var wrap = call.Flag(1, true);
        var paragraphs = Enumerable.Repeat(wrap ? $"<p>{sentence}</p>" : sentence, call.Bounded(0, 5, 0, 1000));
        return string.Join(wrap ? "\n" : "\n\n", paragraphs);
    }
}

/// <summary>What <c>dict()</c> and <c>update()</c> accept: a dict, or pairs.</summary>
internal static class DictUpdates
{
    public static void Apply(JinjaDict target, object? source)
    {
        if (source is JinjaDict other)
        {
            target.Merge(other);
            return;
        }

        foreach (var item in Iteration.Over(source))
        {
            var pair = Iteration.Over(item).Take(3).ToList();
            if (pair.Count != 2)
            {
                throw JinjaFault.Value("dictionary update sequence element has to be a pair");
            }

            target[pair[0]] = pair[1];
        }
    }
}

/// <summary>What <c>cycler()</c> makes.</summary>
internal sealed class Cycler(IReadOnlyList<object?> items) : IJinjaObject
{
    private int _at;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "current" => items[_at],
            "next" => new NativeFunction("next", ParameterList.None, _ => Next()),
            "reset" => new NativeFunction("reset", ParameterList.None, _ => Reset()),
            _ => null,
        };
        return value is not null || name == "current";
    }

    private object? Next()
    {
        var current = items[_at];
        _at = (_at + 1) % items.Count;
        return current;
    }

    private object? Reset()
    {
        _at = 0;
        return null;
    }
}

/// <summary>What <c>joiner()</c> makes: nothing at the first call, then the separator.</summary>
internal sealed class Joiner(string separator) : IJinjaCallable
{
    private bool _used;

    public object? Call(CallContext context, Arguments arguments)
    {
        var text = _used ? separator : "";
        _used = true;
        return text;
    }
}
