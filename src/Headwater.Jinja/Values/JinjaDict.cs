using System.Diagnostics.CodeAnalysis;
using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Python's dict: keeps the order of insertion; keys compare as in Python (1, 1.0 and True are one key).</summary>
public sealed class JinjaDict
{
    // The framework's dictionary has no null keys; None is stored as this.
    private static readonly object None = new();
    private readonly OrderedDictionary<object, object?> _items = new(PythonEquality.Comparer);

    public JinjaDict() { }

    public JinjaDict(IEnumerable<KeyValuePair<string, object?>> items)
    {
        foreach (var (key, value) in items)
        {
            this[key] = value;
        }
    }

    public int Count => _items.Count;

    public IEnumerable<object?> Keys => Live().Select(pair => pair.Key);

    public IEnumerable<object?> Values => Live().Select(pair => pair.Value);

    public IEnumerable<KeyValuePair<object?, object?>> Items => Live();

    /// <exception cref="KeyNotFoundException">Reading a key that is not there.</exception>
    public object? this[object? key]
    {
        get => _items[Stored(key)];
        set
        {
            _items[Stored(key)] = value;
            Allotment.EnsureItems(_items.Count);
        }
    }

    public bool TryGet(object? key, [MaybeNullWhen(false)] out object? value) =>
        _items.TryGetValue(Stored(key), out value);

    public bool Contains(object? key) => _items.ContainsKey(Stored(key));

    public bool Remove(object? key) => _items.Remove(Stored(key));

    public void Clear() => _items.Clear();

    public JinjaDict Copy()
    {
        var copy = new JinjaDict();
        copy.Merge(this);
        return copy;
    }

    public void Merge(JinjaDict other)
    {
        Allotment.TakeItems(other.Count);
        foreach (var (key, value) in other.Items.ToList())
        {
            this[key] = value;
        }
    }

    internal KeyValuePair<object?, object?> Last()
    {
        var (key, value) = _items.GetAt(_items.Count - 1);
        return new(Shown(key), value);
    }

    private IEnumerable<KeyValuePair<object?, object?>> Live()
    {
        var count = _items.Count;
        for (var index = 0; index < _items.Count; index++)
        {
            if (_items.Count != count)
            {
                throw JinjaFault.Value("dictionary changed size during iteration");
            }

            var (key, value) = _items.GetAt(index);
            yield return new(Shown(key), value);
        }
    }

    private static object Stored(object? key) =>
        key switch
        {
            null => None,
            JinjaList => throw JinjaFault.Type("unhashable type: 'list'"),
            JinjaDict => throw JinjaFault.Type("unhashable type: 'dict'"),
            JinjaSet => throw JinjaFault.Type("unhashable type: 'set'"),
            _ => key,
        };

    private static object? Shown(object key) => ReferenceEquals(key, None) ? null : key;
}
