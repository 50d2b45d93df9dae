using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>modules.itertools</c>: the functions that end by themselves. Each gives a list, held to the length that a range may have.</summary>
internal static class ItertoolsModule
{
    private const int LongestList = 100_000;

    public static JinjaDict Create() =>
        ModulesObject.Dict(
            ("chain", new ChainFunction()),
            ("product", new NativeFunction("product", null, Product)),
            (
                "combinations",
                new NativeFunction(
                    "combinations",
                    ParameterList.Of("iterable", "r"),
                    call => Chosen(call, false, false)
                )
            ),
            (
                "combinations_with_replacement",
                new NativeFunction(
                    "combinations_with_replacement",
                    ParameterList.Of("iterable", "r"),
                    call => Chosen(call, true, false)
                )
            ),
            (
                "permutations",
                new NativeFunction(
                    "permutations",
                    ParameterList.Of("iterable", "r?"),
                    call => Chosen(call, false, true)
                )
            ),
            ("zip_longest", new NativeFunction("zip_longest", null, ZipLongest)),
            ("islice", new NativeFunction("islice", null, Slice)),
            ("accumulate", new NativeFunction("accumulate", ParameterList.Of("iterable"), Accumulate)),
            (
                "repeat",
                new NativeFunction(
                    "repeat",
                    ParameterList.Of("object", "times"),
                    call => List(Enumerable.Repeat(call.Value(0), call.Bounded(1, 0, 0, LongestList)))
                )
            ),
            (
                "compress",
                new NativeFunction(
                    "compress",
                    ParameterList.Of("data", "selectors"),
                    call =>
                        List(
                            Iteration
                                .Over(call.Value(0))
                                .Zip(Iteration.Over(call.Value(1)))
                                .Where(pair => Operators.IsTrue(pair.Second))
                                .Select(pair => pair.First)
                        )
                )
            ),
            ("pairwise", new NativeFunction("pairwise", ParameterList.Of("iterable"), Pairwise))
        );

    private static JinjaList Product(NativeCall call)
    {
        var times = call.Arguments.Keyword.FirstOrDefault(pair => pair.Key == "repeat").Value is long repeat
            ? (int)repeat
            : 1;
        var pools = Enumerable
            .Repeat(
                call.Arguments.Positional.Select(pool => Iteration.Over(pool).ToList()).ToList(),
                Math.Clamp(times, 0, 20)
            )
            .SelectMany(pool => pool);
        IEnumerable<IReadOnlyList<object?>> rows =
        [
            [],
        ];
        foreach (var pool in pools)
        {
            rows = Held(rows.SelectMany(row => pool.Select(item => (IReadOnlyList<object?>)[.. row, item])));
        }

        return Tuples(rows);
    }

    private static JinjaList Chosen(NativeCall call, bool repeats, bool ordered)
    {
        var pool = Iteration.Over(call.Value(0)).ToList();
        var length = call.Bounded(1, pool.Count, 0, 20);
        IEnumerable<IReadOnlyList<int>> rows =
        [
            [],
        ];
        for (var place = 0; place < length; place++)
        {
            rows = Held(
                rows.SelectMany(row =>
                    Enumerable
                        .Range(0, pool.Count)
                        .Where(index =>
                            ordered
                                ? !row.Contains(index)
                                : row.Count == 0 || (repeats ? index >= row[^1] : index > row[^1])
                        )
                        .Select(index => (IReadOnlyList<int>)[.. row, index])
                )
            );
        }

        return Tuples(rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(index => pool[index])]));
    }

    private static JinjaList ZipLongest(NativeCall call)
    {
        var fill = call.Arguments.Keyword.FirstOrDefault(pair => pair.Key == "fillvalue").Value;
        var columns = call.Arguments.Positional.Select(column => Iteration.Over(column).ToList()).ToList();
        var length = columns.Count == 0 ? 0 : columns.Max(column => column.Count);
        return Tuples(
            Enumerable
                .Range(0, length)
                .Select(row =>
                    (IReadOnlyList<object?>)[.. columns.Select(column => row < column.Count ? column[row] : fill)]
                )
        );
    }

    private static JinjaList Slice(NativeCall call)
    {
        var bounds = call.Arguments.Positional.Skip(1).Select(value => value as long?).ToList();
        var (start, stop, step) = bounds switch
        {
            [var end] => (0, end, 1),
            [var begin, var end] => (begin ?? 0, end, 1),
            [var begin, var end, var by] => (begin ?? 0, end, by ?? 1),
            _ => throw RefFunction.Wrong("islice() takes an iterable, and where to stop, or start, stop and step"),
        };
        return start < 0 || step < 1
            ? throw RefFunction.Wrong("islice() counts forward from zero on")
            : List(
                Iteration
                    .Over(call.Arguments.Positional[0])
                    .Where(
                        (_, index) => index >= start && (stop is null || index < stop) && (index - start) % step == 0
                    )
            );
    }

    private static JinjaList Accumulate(NativeCall call)
    {
        var sums = new List<object?>();
        foreach (var item in Iteration.Over(call.Value(0)))
        {
            sums.Add(sums.Count == 0 ? item : Operators.Add(sums[^1], item));
        }

        return new JinjaList(sums);
    }

    private static JinjaList Pairwise(NativeCall call)
    {
        var items = Iteration.Over(call.Value(0)).ToList();
        return Tuples(items.Zip(items.Skip(1), (left, right) => (IReadOnlyList<object?>)[left, right]));
    }

    private static JinjaList Tuples(IEnumerable<IReadOnlyList<object?>> rows) =>
        List(rows.Select(row => (object?)new JinjaTuple(row)));

    private static JinjaList List(IEnumerable<object?> items) => new(Held(items));

    private static List<T> Held<T>(IEnumerable<T> items)
    {
        var held = items.Take(LongestList + 1).ToList();
        return held.Count > LongestList
            ? throw RefFunction.Wrong($"itertools gives more than {LongestList} items")
            : held;
    }

    private sealed class ChainFunction : IJinjaCallable, IJinjaObject
    {
        public object? Call(CallContext context, Arguments arguments) =>
            List(arguments.Positional.SelectMany(Iteration.Over));

        public bool TryGetAttribute(string name, out object? value)
        {
            value =
                name == "from_iterable"
                    ? new NativeFunction(
                        name,
                        ParameterList.Of("iterable"),
                        call => List(Iteration.Over(call.Value(0)).SelectMany(Iteration.Over))
                    )
                    : null;
            return value is not null;
        }
    }
}
