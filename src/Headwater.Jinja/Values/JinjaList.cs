using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Python's list: mutable, shared by reference.</summary>
public sealed class JinjaList(List<object?> items)
{
    public JinjaList()
        : this([]) { }

    public JinjaList(IEnumerable<object?> items)
        : this(Allotment.List(items)) { }

    public List<object?> Items { get; } = items;

    // By index, so that a list that grows while it is looped over behaves as in Python.
    internal IEnumerable<object?> Live()
    {
        for (var index = 0; index < Items.Count; index++)
        {
            yield return Items[index];
        }
    }
}
