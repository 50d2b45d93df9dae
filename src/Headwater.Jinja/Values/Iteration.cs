using System.Globalization;
using Headwater.Jinja.Methods;

namespace Headwater.Jinja.Values;

/// <summary>Python's iteration, length and access by attribute and item.</summary>
public static class Iteration
{
    /// <summary>The items that a loop over the value gives.</summary>
    /// <exception cref="JinjaFault">The value cannot be looped over.</exception>
    public static IEnumerable<object?> Over(object? value) =>
        value switch
        {
            JinjaList list => list.Live(),
            JinjaTuple tuple => tuple.Items,
            JinjaDict dict => dict.Keys,
            JinjaSet set => set.Items,
            string text => text.EnumerateRunes().Select(rune => (object?)rune.ToString()),
            IJinjaIterable iterable => iterable.Iterate(),
            JinjaUndefined { Behavior: UndefinedBehavior.Strict } undefined => throw undefined.Fault(),
            JinjaUndefined => [],
            _ => throw JinjaFault.Type($"'{TypeNames.Of(value)}' object is not iterable"),
        };

    /// <summary>The length where it is known without looping, else null.</summary>
    public static int? KnownLength(object? value) =>
        value switch
        {
            string text => text.Length,
            JinjaList list => list.Items.Count,
            JinjaTuple tuple => tuple.Items.Count,
            JinjaDict dict => dict.Count,
            JinjaSet set => set.Count,
            IJinjaSized sized => sized.Count,
            JinjaUndefined { Behavior: not UndefinedBehavior.Strict } => 0,
            _ => null,
        };

    /// <summary>Python's <c>len</c>.</summary>
    /// <exception cref="JinjaFault">The value has no length.</exception>
    public static int Length(object? value) =>
        KnownLength(value)
        ?? throw (value as JinjaUndefined)?.Fault()
            ?? JinjaFault.Type($"object of type '{TypeNames.Of(value)}' has no len()");

    /// <summary><c>value.name</c>: attribute first, then item.</summary>
    public static object? Attribute(object? value, string name)
    {
        if (TryAttribute(value, name, out var found) || TryItem(value, name, out found))
        {
            return found;
        }

        return Missing(value, name);
    }

    /// <summary><c>value[key]</c>: item first, then attribute.</summary>
    public static object? Item(object? value, object? key)
    {
        if (TryItem(value, key, out var found) || (key is string name && TryAttribute(value, name, out found)))
        {
            return found;
        }

        return Missing(value, key);
    }

    internal static bool TryAttribute(object? value, string name, out object? found)
    {
        if (value is IJinjaObject host && host.TryGetAttribute(name, out found))
        {
            return true;
        }

        return MethodTable.TryGet(value, name, out found);
    }

    internal static bool TryItem(object? value, object? key, out object? found)
    {
        found = null;
        return value switch
        {
            JinjaDict dict => dict.TryGet(key, out found),
            JinjaList list => At(list.Items, key, out found),
            JinjaTuple tuple => At(tuple.Items, key, out found),
            string text => Character(text, key, out found),
            IJinjaIndexed indexed => indexed.TryGetItem(key, out found),
            _ => false,
        };
    }

    private static bool At(IReadOnlyList<object?> items, object? key, out object? found)
    {
        found = null;
        var index = key switch
        {
            long number => number,
            bool flag => flag ? 1 : 0,
            _ => long.MaxValue,
        };
        index = index < 0 ? index + items.Count : index;
        if (index < 0 || index >= items.Count)
        {
            return false;
        }

        found = items[(int)index];
        return true;
    }

    private static bool Character(string text, object? key, out object? found)
    {
        found = null;
        if (key is not long index)
        {
            return false;
        }

        index = index < 0 ? index + text.Length : index;
        if (index < 0 || index >= text.Length)
        {
            return false;
        }

        found = text[(int)index].ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static JinjaUndefined Missing(object? value, object? key)
    {
        if (value is JinjaUndefined undefined)
        {
            return undefined.IsLenient ? undefined : throw undefined.Fault();
        }

        var name =
            value is null ? "None"
            : value is IJinjaObject and not JinjaTuple ? Text.Str(value)
            : TypeNames.Of(value) + " object";
        return new JinjaUndefined(
            key is string ? $"'{name}' has no attribute {Text.Repr(key)}" : $"{name} has no element {Text.Repr(key)}"
        );
    }
}
