using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>How a nearer config lies over a farther one: tags and hooks are added, meta and vars merged, everything else replaced.</summary>
internal static class ConfigMerge
{
    public static void Into(JinjaDict target, JinjaDict added)
    {
        foreach (var (key, value) in added.Items.ToList())
        {
            var name = Name(Text.Str(key));
            target.TryGet(name, out var old);
            target[name] = name switch
            {
                "tags" or "packages" => Appended(old, value, distinct: true),
                "pre-hook" or "post-hook" => Appended(old, value, distinct: false),
                "meta"
                or "vars"
                or "quoting"
                or "column_types"
                or "docs" when old is JinjaDict dict && value is JinjaDict more => Merged(dict, more),
                _ => value,
            };
        }
    }

    // Config calls write Python names; files write dashes.
    private static string Name(string key) =>
        key switch
        {
            "pre_hook" => "pre-hook",
            "post_hook" => "post-hook",
            _ => key,
        };

    private static JinjaDict Merged(JinjaDict left, JinjaDict right)
    {
        var merged = left.Copy();
        merged.Merge(right);
        return merged;
    }

    private static JinjaList Appended(object? old, object? value, bool distinct)
    {
        var items = Items(old).Concat(Items(value));
        return new JinjaList(distinct ? new JinjaSet(items).Items : items);
    }

    private static IEnumerable<object?> Items(object? value) =>
        value switch
        {
            null => [],
            JinjaList list => list.Items,
            JinjaTuple tuple => tuple.Items,
            _ => [value],
        };
}
