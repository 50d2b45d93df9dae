namespace Headwater.Modeling.Graph;

/// <summary>Who reads whom. Immutable and safe for several threads.</summary>
public sealed class NodeGraph
{
    private readonly Dictionary<string, ManifestNode> _nodes;
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);

    public NodeGraph(IEnumerable<ManifestNode> nodes)
    {
        _nodes = nodes.ToDictionary(node => node.UniqueId, StringComparer.Ordinal);
        foreach (var node in _nodes.Values.OrderBy(node => node.UniqueId, StringComparer.Ordinal))
        {
            foreach (var parent in node.DependsOn)
            {
                if (!_children.TryGetValue(parent, out var children))
                {
                    _children[parent] = children = [];
                }

                children.Add(node.UniqueId);
            }
        }
    }

    public IReadOnlyList<string> Parents(string id) => _nodes.TryGetValue(id, out var node) ? node.DependsOn : [];

    public IReadOnlyList<string> Children(string id) => _children.GetValueOrDefault(id) ?? [];

    /// <summary>Everything that the node reads, up to a number of steps; itself left out.</summary>
    public HashSet<string> Ancestors(string id, int steps = int.MaxValue) => Walk(id, steps, Parents);

    /// <summary>Everything that reads the node, down to a number of steps; itself left out.</summary>
    public HashSet<string> Descendants(string id, int steps = int.MaxValue) => Walk(id, steps, Children);

    /// <summary>The nodes, each after what it reads; a test directly after the last node that it reads. Assumes no circle.</summary>
    public IReadOnlyList<ManifestNode> InOrder()
    {
        var order = new List<ManifestNode>(_nodes.Count);
        var waiting = _nodes.Values.ToDictionary(
            node => node.UniqueId,
            node => node.DependsOn.Count(_nodes.ContainsKey),
            StringComparer.Ordinal
        );
        var ready = new PriorityQueue<ManifestNode, (int, string)>(
            Comparer<(int, string)>.Create(
                static (left, right) =>
                    left.Item1 != right.Item1
                        ? left.Item1.CompareTo(right.Item1)
                        : string.CompareOrdinal(left.Item2, right.Item2)
            )
        );
        foreach (var node in _nodes.Values.Where(node => waiting[node.UniqueId] == 0))
        {
            Enqueue(node);
        }

        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var child in Children(node.UniqueId))
            {
                if (--waiting[child] == 0)
                {
                    Enqueue(_nodes[child]);
                }
            }
        }

        return order;

        void Enqueue(ManifestNode node) => ready.Enqueue(node, (node is TestNode ? 0 : 1, node.UniqueId));
    }

    /// <summary>One circle of nodes that read each other, first node repeated at the end, or null. Iterative depth-first search.</summary>
    public IReadOnlyList<string>? FindCircle()
    {
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var start in _nodes.Keys.Order(StringComparer.Ordinal))
        {
            if (state.ContainsKey(start))
            {
                continue;
            }

            var path = new Stack<(string Id, IEnumerator<string> Parents)>();
            Push(start);
            while (path.Count > 0)
            {
                var (id, rest) = path.Peek();
                if (!rest.MoveNext())
                {
                    state[id] = true;
                    path.Pop();
                }
                else if (!state.TryGetValue(rest.Current, out var done))
                {
                    Push(rest.Current);
                }
                else if (!done)
                {
                    var circle = path.Select(step => step.Id).TakeWhile(step => step != rest.Current).Reverse();
                    return [rest.Current, .. circle, rest.Current];
                }
            }

            void Push(string id)
            {
                state[id] = false;
                path.Push((id, Parents(id).Where(_nodes.ContainsKey).GetEnumerator()));
            }
        }

        return null;
    }

    private static HashSet<string> Walk(string id, int steps, Func<string, IReadOnlyList<string>> next)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var front = new List<string> { id };
        for (var step = 0; step < steps && front.Count > 0; step++)
        {
            front = [.. front.SelectMany(next).Where(found.Add)];
        }

        found.Remove(id);
        return found;
    }
}
