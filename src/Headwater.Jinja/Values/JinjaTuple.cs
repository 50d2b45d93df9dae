namespace Headwater.Jinja.Values;

/// <summary>Python's tuple: immutable, hashable if its items are. Field names make it a named tuple.</summary>
public sealed class JinjaTuple(IReadOnlyList<object?> items, IReadOnlyList<string>? fields = null) : IJinjaObject
{
    public static JinjaTuple Of(params object?[] items) => new(items);

    public IReadOnlyList<object?> Items { get; } = items;

    public bool TryGetAttribute(string name, out object? value)
    {
        for (var index = 0; index < (fields?.Count ?? 0); index++)
        {
            if (fields![index] == name)
            {
                value = Items[index];
                return true;
            }
        }

        value = null;
        return false;
    }
}
