namespace Headwater.Modeling.Selection;

/// <summary>What a part of a selection means.</summary>
/// <param name="Nodes">Unique ids, with the tests that came along.</param>
/// <param name="Waiting">Tests that read some of the nodes, and come along if other parts bring the rest of what they read.</param>
internal sealed record Selected(HashSet<string> Nodes, HashSet<string> Waiting)
{
    public static Selected Nothing() => new(New([]), New([]));

    public Selected Or(Selected other) => new(New(Nodes.Union(other.Nodes)), New(Waiting.Union(other.Waiting)));

    public Selected And(Selected other) =>
        new(New(Nodes.Intersect(other.Nodes)), New(Waiting.Intersect(other.Waiting.Union(other.Nodes))));

    public Selected Without(IEnumerable<string> excluded)
    {
        var gone = New(excluded);
        return new(New(Nodes.Except(gone)), New(Waiting.Except(gone)));
    }

    private static HashSet<string> New(IEnumerable<string> ids) => ids.ToHashSet(StringComparer.Ordinal);
}
