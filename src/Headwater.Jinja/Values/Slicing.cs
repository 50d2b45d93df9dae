using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Python's slices: any bound may be left out or negative, and steps may go backwards.</summary>
internal static class Slicing
{
    public static object? Slice(object? value, object? start, object? stop, object? step) =>
        value switch
        {
            string text => Part(text, Places(text.Length, start, stop, step)),
            JinjaList list => new JinjaList(
                Places(list.Items.Count, start, stop, step).Select(place => list.Items[place])
            ),
            JinjaTuple tuple => new JinjaTuple(
                Allotment.List(Places(tuple.Items.Count, start, stop, step).Select(place => tuple.Items[place]))
            ),
            IJinjaIndexed and IJinjaSized { Count: var count } => new JinjaList(
                Places(count, start, stop, step).Select(place => Iteration.Item(value, (long)place))
            ),
            JinjaUndefined undefined => undefined.IsLenient ? undefined : throw undefined.Fault(),
            _ => throw JinjaFault.Type($"'{TypeNames.Of(value)}' object is not subscriptable"),
        };

    private static string Part(string text, IEnumerable<int> places)
    {
        var output = new TextBuilder();
        foreach (var place in places)
        {
            output.Append(text[place]);
        }

        return output.Complete();
    }

    private static IEnumerable<int> Places(int length, object? start, object? stop, object? step)
    {
        var by = Bound(step) ?? 1;
        if (by == 0)
        {
            throw JinjaFault.Value("slice step cannot be zero");
        }

        var low = by > 0 ? 0 : -1;
        var high = by > 0 ? length : length - 1;
        var from = Clamp(Bound(start), by > 0 ? low : high);
        var to = Clamp(Bound(stop), by > 0 ? high : low);
        return Walk(from, to, by);

        long Clamp(long? bound, long otherwise) =>
            bound is not { } given ? otherwise : Math.Clamp(given < 0 ? given + length : given, low, high);
    }

    private static IEnumerable<int> Walk(long from, long to, long by)
    {
        for (var place = from; by > 0 ? place < to : place > to; place += by)
        {
            yield return (int)place;
        }
    }

    private static long? Bound(object? value) =>
        value switch
        {
            null => null,
            long number => number,
            bool flag => flag ? 1 : 0,
            _ => throw JinjaFault.Type("slice indices must be integers or None or have an __index__ method"),
        };
}
