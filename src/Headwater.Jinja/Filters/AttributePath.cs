using System.Globalization;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>The attribute arguments of filters: <c>'owner.name'</c>, <c>'rows.0'</c>, <c>2</c>.</summary>
internal static class AttributePath
{
    public static Func<object?, object?> Reader(object attribute, object? otherwise = null)
    {
        var parts = Parts(attribute);
        return item =>
        {
            foreach (var part in parts)
            {
                item = Iteration.Item(item, part);
                if (item is JinjaUndefined && otherwise is not null)
                {
                    item = otherwise;
                }
            }

            return item;
        };
    }

    /// <summary>Several paths with commas between, read as a list to compare by.</summary>
    public static Func<object?, object?> KeyReader(object? attribute, bool caseSensitive)
    {
        if (attribute is null)
        {
            return item => Folded(item, caseSensitive);
        }

        var readers = attribute is string text
            ? text.Split(',').Select(part => Reader(part)).ToArray()
            : [Reader(attribute)];
        return readers is [var single]
            ? item => Folded(single(item), caseSensitive)
            : item => new JinjaTuple([.. readers.Select(reader => Folded(reader(item), caseSensitive))]);
    }

    public static object? Folded(object? value, bool caseSensitive) =>
        !caseSensitive && value is string text ? text.ToLowerInvariant() : value;

    private static object?[] Parts(object attribute) =>
        attribute is string text
            ?
            [
                .. text.Split('.')
                    .Select(part =>
                        part.Length > 0 && part.All(char.IsAsciiDigit)
                            ? (object?)long.Parse(part, CultureInfo.InvariantCulture)
                            : part
                    ),
            ]
            : [attribute];
}
