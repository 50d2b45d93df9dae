using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Python's set. Keeps the order of insertion, where Python's order is arbitrary.</summary>
public sealed class JinjaSet
{
    private readonly JinjaDict _items = new();

    public JinjaSet() { }

    public JinjaSet(IEnumerable<object?> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }

        Allotment.TakeItems(Count);
    }

    public int Count => _items.Count;

    public IEnumerable<object?> Items => _items.Keys;

    public bool Contains(object? item) => _items.Contains(item);

    public void Add(object? item)
    {
        if (!_items.Contains(item))
        {
            _items[item] = null;
        }
    }

    public bool Remove(object? item) => _items.Remove(item);

    public void Clear() => _items.Clear();
}
