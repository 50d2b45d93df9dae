using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters that compare items. Sorting is stable.</summary>
internal static class OrderFilters
{
    private static readonly Comparer<object?> ByValue = Comparer<object?>.Create(
        static (left, right) => Operators.Compare(left, right)
    );

    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("sort", ParameterList.Of("reverse?", "case_sensitive?", "attribute?"), Sort),
        new("unique", ParameterList.Of("case_sensitive?", "attribute?"), Unique),
        new("min", ParameterList.Of("case_sensitive?", "attribute?"), call => Extreme(call, 1)),
        new("max", ParameterList.Of("case_sensitive?", "attribute?"), call => Extreme(call, -1)),
        new("groupby", ParameterList.Of("attribute", "default?", "case_sensitive?"), GroupBy),
    ];

    /// <summary>Sorts stably; reversed keeps equal items in their order too.</summary>
    internal static IEnumerable<object?> Sorted(IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        try
        {
            return reverse
                ? [.. Allotment.List(items).OrderByDescending(key, ByValue)]
                : (IEnumerable<object?>)[.. Allotment.List(items).OrderBy(key, ByValue)];
        }
        catch (InvalidOperationException failure) when (failure.InnerException is JinjaFault fault)
        {
            throw new JinjaFault(fault.Diagnostic);
        }
    }

    private static JinjaList Sort(NativeCall call) =>
        new(Sorted(call.SubjectItems(), AttributePath.KeyReader(call.Value(2), call.Flag(1)), call.Flag(0)));

    private static JinjaGenerator Unique(NativeCall call)
    {
        var key = AttributePath.KeyReader(call.Value(1), call.Flag(0));
        return new JinjaGenerator(Distinct(call.SubjectItems(), key));
    }

    private static IEnumerable<object?> Distinct(IEnumerable<object?> items, Func<object?, object?> key)
    {
        var seen = new JinjaSet();
        foreach (var item in items)
        {
            var value = key(item);
            if (!seen.Contains(value))
            {
                seen.Add(value);
                yield return item;
            }
        }
    }

    private static object? Extreme(NativeCall call, int sign)
    {
        var key = AttributePath.KeyReader(call.Value(1), call.Flag(0));
        object? best = null;
        object? bestKey = null;
        var any = false;
        foreach (var item in call.SubjectItems())
        {
            var value = key(item);
            if (!any || Operators.Compare(value, bestKey, sign > 0 ? "<" : ">") * sign < 0)
            {
                (any, best, bestKey) = (true, item, value);
            }
        }

        return any ? best : new JinjaUndefined("No aggregated item, sequence was empty.");
    }

    private static JinjaList GroupBy(NativeCall call)
    {
        var attribute = call.Value(0) ?? throw JinjaFault.Arguments("groupby needs an attribute");
        var read = AttributePath.Reader(attribute, call.Value(1));
        var caseSensitive = call.Flag(2);
        object? Key(object? item) => AttributePath.Folded(read(item), caseSensitive);
        var groups = new JinjaList();
        List<object?>? current = null;
        object? currentKey = null;
        foreach (var item in Sorted(call.SubjectItems(), Key, reverse: false))
        {
            var key = Key(item);
            if (current is null || !PythonEquality.AreEqual(key, currentKey))
            {
                current = [];
                currentKey = key;
                groups.Items.Add(new JinjaTuple([read(item), new JinjaList(current)], ["grouper", "list"]));
            }

            current.Add(item);
        }

        return groups;
    }
}
