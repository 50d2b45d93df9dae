using System.Collections;

namespace Headwater.Jinja.Values;

/// <summary>Python's range.</summary>
public sealed class JinjaRange(long start, long stop, long step) : IJinjaIterable, IJinjaSized, IJinjaIndexed
{
    public long Start { get; } = start;

    public long Stop { get; } = stop;

    public long Step { get; } = step;

    public int Count =>
        checked((int)Math.Max(0, Step > 0 ? (Stop - Start + Step - 1) / Step : (Start - Stop - Step - 1) / -Step));

    public IEnumerable<object?> Iterate()
    {
        for (var value = Start; Step > 0 ? value < Stop : value > Stop; value += Step)
        {
            yield return value;
        }
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long index)
        {
            return false;
        }

        var place = index < 0 ? index + Count : index;
        if (place < 0 || place >= Count)
        {
            return false;
        }

        value = Start + place * Step;
        return true;
    }
}

/// <summary>Python's generator, as lazy filters give it: read once, then empty.</summary>
public sealed class JinjaGenerator(IEnumerable<object?> source) : IJinjaIterable, IEnumerable<object?>
{
    private readonly IEnumerator<object?> _enumerator = source.GetEnumerator();

    public IEnumerable<object?> Iterate() => this;

    public IEnumerator<object?> GetEnumerator()
    {
        while (_enumerator.MoveNext())
        {
            yield return _enumerator.Current;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The part of a dict that a view shows.</summary>
public enum DictPart
{
    Keys,
    Values,
    Items,
}

/// <summary>Python's live view of a dict: what <c>keys()</c>, <c>values()</c> and <c>items()</c> return.</summary>
public sealed class JinjaDictView(JinjaDict dict, DictPart part) : IJinjaIterable, IJinjaSized
{
    public DictPart Part { get; } = part;

    public int Count => dict.Count;

    public IEnumerable<object?> Iterate() =>
        Part switch
        {
            DictPart.Keys => dict.Keys,
            DictPart.Values => dict.Values,
            _ => dict.Items.Select(pair => (object?)JinjaTuple.Of(pair.Key, pair.Value)),
        };
}

/// <summary>What <c>namespace()</c> makes: the one object whose attributes a template can set.</summary>
public sealed class JinjaNamespace : IJinjaObject
{
    internal JinjaDict Attributes { get; } = new();

    public bool TryGetAttribute(string name, out object? value) => Attributes.TryGet(name, out value);
}
