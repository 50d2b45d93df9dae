using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Filters;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Python's methods of lists.</summary>
internal static class ListMethods
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        Method("append", (list, call) => Grow(list).Add(call.Value(0)), "object"),
        Method("extend", Extend, "iterable"),
        Method(
            "insert",
            (list, call) => Grow(list).Insert(Place(call.Integer(0), list.Count), call.Value(1)),
            "index",
            "object"
        ),
        Method("clear", (list, _) => list.Clear()),
        Method("reverse", (list, _) => list.Reverse()),
        Method("remove", Remove, "value"),
        Method("sort", Sort, "key?", "reverse?"),
        new("pop", ParameterList.Of("index?"), Pop),
        new("copy", ParameterList.None, call => new JinjaList((IEnumerable<object?>)Items(call))),
        new("index", ParameterList.Of("value", "start?", "stop?"), call => SequenceSearch.Index(Items(call), call)),
        new("count", ParameterList.Of("value"), call => SequenceSearch.Count(Items(call), call.Value(0))),
    ];

    private static List<object?> Items(NativeCall call) => ((JinjaList)call.Subject!).Items;

    private static NativeFunction Method(
        string name,
        Action<List<object?>, NativeCall> change,
        params string[] parameters
    ) =>
        new(
            name,
            ParameterList.Of(parameters),
            call =>
            {
                change(Items(call), call);
                return null;
            }
        );

    private static List<object?> Grow(List<object?> list)
    {
        Allotment.EnsureItems(list.Count + 1L);
        return list;
    }

    private static void Extend(List<object?> list, NativeCall call)
    {
        // The items are gathered first, as the list may be asked to take in itself.
        var more = Allotment.List(Iteration.Over(call.Value(0)));
        Allotment.EnsureItems((long)list.Count + more.Count);
        list.AddRange(more);
    }

    private static int Place(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static void Remove(List<object?> list, NativeCall call)
    {
        var place = list.FindIndex(item => PythonEquality.AreEqual(item, call.Value(0)));
        if (place < 0)
        {
            throw JinjaFault.Value("list.remove(x): x not in list");
        }

        list.RemoveAt(place);
    }

    private static object? Pop(NativeCall call)
    {
        var list = Items(call);
        var index = call.Integer(0, -1);
        index = index < 0 ? index + list.Count : index;
        if (index < 0 || index >= list.Count)
        {
            throw JinjaFault.Value(list.Count == 0 ? "pop from empty list" : "pop index out of range");
        }

        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    private static void Sort(List<object?> list, NativeCall call)
    {
        Func<object?, object?> key = call.Value(0) is IJinjaCallable callable
            ? item => callable.Call(call.Context, Arguments.Of(item))
            : item => item;
        var sorted = OrderFilters.Sorted(list, key, call.Flag(1)).ToList();
        list.Clear();
        list.AddRange(sorted);
    }
}

/// <summary>Python's methods of tuples.</summary>
internal static class TupleMethods
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new(
            "index",
            ParameterList.Of("value", "start?", "stop?"),
            call => SequenceSearch.Index(((JinjaTuple)call.Subject!).Items, call)
        ),
        new(
            "count",
            ParameterList.Of("value"),
            call => SequenceSearch.Count(((JinjaTuple)call.Subject!).Items, call.Value(0))
        ),
    ];
}

internal static class SequenceSearch
{
    public static object? Index(IReadOnlyList<object?> items, NativeCall call)
    {
        var start = Bound(call.Integer(1), items.Count);
        var stop = Bound(call.Integer(2, items.Count), items.Count);
        for (var index = start; index < stop; index++)
        {
            if (PythonEquality.AreEqual(items[index], call.Value(0)))
            {
                return (long)index;
            }
        }

        throw JinjaFault.Value($"{Text.Repr(call.Value(0))} is not in list");
    }

    public static object? Count(IReadOnlyList<object?> items, object? value) =>
        (long)items.Count(item => PythonEquality.AreEqual(item, value));

    private static int Bound(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);
}
