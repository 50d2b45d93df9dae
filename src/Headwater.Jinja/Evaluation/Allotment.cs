namespace Headwater.Jinja.Evaluation;

/// <summary>
/// What the values that a template makes may take. Whatever makes text or items asks here before it allocates: each value is held to a
/// length, and all values of a session together to a total. Values and operators know no session, so the one that renders on this
/// thread is found here.
/// </summary>
public static class Allotment
{
    private static readonly SessionOptions Unbound = new();

    [ThreadStatic]
    private static JinjaSession? t_session;

    internal static long TextLimit => (t_session?.Options ?? Unbound).MaxText;

    /// <summary>Asks for a text of this length.</summary>
    /// <exception cref="JinjaFault">One value, or all together, would be too long (HW2014).</exception>
    public static void TakeText(long characters)
    {
        EnsureText(characters);
        t_session?.CountText(characters);
    }

    /// <summary>Asks whether a text may grow to this length; it is counted when it is complete.</summary>
    /// <exception cref="JinjaFault">The text would be too long (HW2014).</exception>
    public static void EnsureText(long characters)
    {
        if (characters > TextLimit)
        {
            throw JinjaFault.Limit($"a text is longer than {TextLimit} characters");
        }
    }

    /// <summary>Asks whether a collection may grow to this length.</summary>
    /// <exception cref="JinjaFault">The collection would be too long (HW2014).</exception>
    public static void EnsureItems(long items)
    {
        var limit = (t_session?.Options ?? Unbound).MaxItems;
        if (items > limit)
        {
            throw JinjaFault.Limit($"a collection has more than {limit} items");
        }
    }

    /// <summary>Asks for so many items in one collection.</summary>
    /// <exception cref="JinjaFault">One collection, or all together, would be too long (HW2014).</exception>
    public static void TakeItems(long items)
    {
        EnsureItems(items);
        t_session?.CountItems(items);
    }

    /// <summary>The items as a list, no longer than a list may be.</summary>
    /// <exception cref="JinjaFault">There are too many (HW2014).</exception>
    public static List<object?> List(IEnumerable<object?> items)
    {
        if (items.TryGetNonEnumeratedCount(out var count))
        {
            TakeItems(count);
            return [.. items];
        }

        var list = new List<object?>();
        foreach (var item in items)
        {
            EnsureItems(list.Count + 1L);
            list.Add(item);
        }

        TakeItems(list.Count);
        return list;
    }

    /// <summary>Counts one step of work that takes no memory, such as the comparison of two items.</summary>
    internal static void Step() => t_session?.Step();

    /// <summary>From here on, this session's values are counted, until the result is handed to <see cref="Leave"/>.</summary>
    internal static JinjaSession? Enter(JinjaSession session)
    {
        var outer = t_session;
        t_session = session;
        return outer;
    }

    internal static void Leave(JinjaSession? outer) => t_session = outer;
}
