using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters over whole sequences.</summary>
internal static class SequenceFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("length", ParameterList.None, call => (long)Iteration.Length(call.Subject)),
        new("count", ParameterList.None, call => (long)Iteration.Length(call.Subject)),
        new("list", ParameterList.None, call => new JinjaList(call.SubjectItems())),
        new("first", ParameterList.None, First),
        new("last", ParameterList.None, Last),
        new("random", ParameterList.None, Random),
        new("reverse", ParameterList.None, Reverse),
        new("join", ParameterList.Of("d?", "attribute?"), Join),
        new("sum", ParameterList.Of("attribute?", "start?"), Sum),
        new("batch", ParameterList.Of("linecount", "fill_with?"), Batch),
        new("slice", ParameterList.Of("slices", "fill_with?"), Slice),
        new("default", ParameterList.Of("default_value?", "boolean?"), Default),
        new("d", ParameterList.Of("default_value?", "boolean?"), Default),
    ];

    private static object? First(NativeCall call)
    {
        foreach (var item in call.SubjectItems())
        {
            return item;
        }

        return new JinjaUndefined("No first item, sequence was empty.");
    }

    private static object? Last(NativeCall call)
    {
        var items = Allotment.List(call.SubjectItems());
        return items.Count > 0 ? items[^1] : new JinjaUndefined("No last item, sequence was empty.");
    }

    // A build must be repeatable, so the choice is the middle one.
    private static object? Random(NativeCall call)
    {
        var items = Allotment.List(call.SubjectItems());
        return items.Count > 0 ? items[items.Count / 2] : new JinjaUndefined("No random item, sequence was empty.");
    }

    private static object? Reverse(NativeCall call)
    {
        if (call.Subject is string text)
        {
            var characters = text.ToCharArray();
            Array.Reverse(characters);
            return new string(characters);
        }

        var items = Allotment.List(call.SubjectItems());
        items.Reverse();
        return new JinjaGenerator(items);
    }

    private static string Join(NativeCall call)
    {
        var read = call.Value(1) is { } attribute ? AttributePath.Reader(attribute) : null;
        return TextBuilder.Join(
            call.Has(0) ? Text.Str(call.Value(0)) : "",
            call.SubjectItems().Select(item => Text.Str(read is null ? item : read(item)))
        );
    }

    private static object? Sum(NativeCall call)
    {
        var read = call.Value(0) is { } attribute ? AttributePath.Reader(attribute) : null;
        return call.SubjectItems()
            .Aggregate(
                call.Has(1) ? call.Value(1) : 0L,
                (total, item) => Operators.Add(total, read is null ? item : read(item))
            );
    }

    private static JinjaGenerator Batch(NativeCall call)
    {
        var size = call.Bounded(0, 1, 1, 1_000_000);
        var fill = call.Value(1);
        return new JinjaGenerator(
            call.SubjectItems()
                .Chunk(size)
                .Select(chunk =>
                    (object?)
                        new JinjaList(fill is null ? chunk : chunk.Concat(Enumerable.Repeat(fill, size - chunk.Length)))
                )
        );
    }

    private static JinjaGenerator Slice(NativeCall call)
    {
        var slices = call.Bounded(0, 1, 1, 1_000_000);
        var items = Allotment.List(call.SubjectItems());
        var fill = call.Value(1);
        var size = items.Count / slices;
        var longer = items.Count % slices;
        return new JinjaGenerator(
            Enumerable
                .Range(0, slices)
                .Select(number =>
                {
                    var start = number * size + Math.Min(number, longer);
                    var part = items.Skip(start).Take(size + (number < longer ? 1 : 0)).ToList();
                    if (fill is not null && number >= longer)
                    {
                        part.Add(fill);
                    }

                    return (object?)new JinjaList(part);
                })
        );
    }

    private static object? Default(NativeCall call) =>
        call.Subject is JinjaUndefined || (call.Flag(1) && !Operators.IsTrue(call.Subject))
            ? call.Has(0)
                ? call.Value(0)
                : ""
            : call.Subject;
}
