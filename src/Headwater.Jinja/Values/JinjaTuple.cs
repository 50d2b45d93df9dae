namespace Headwater.Jinja.Values;

/// <summary>Python's tuple: immutable, hashable if its items are. Field names make it a named tuple.</summary>
public sealed class JinjaTuple(IReadOnlyList<object?> items, IReadOnlyList<string>? fields = null) : IJinjaObject
{
    public static JinjaTuple Of(params object?[] items) => new(items);

    public IReadOnlyList<object?> Items { get; } = items;

    /// <summary>The names of its first items; null if they have none.</summary>
    public IReadOnlyList<string>? Fields { get; } = fields;

    public bool TryGetAttribute(string name, out object? value)
    {
        for (var index = 0; index < (Fields?.Count ?? 0); index++)
        {
            if (Fields![index] == name)
            {
                value = Items[index];
                return true;
            }
        }

        value = null;
        return false;
    }
}
