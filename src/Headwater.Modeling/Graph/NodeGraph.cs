namespace Headwater.Modeling.Graph;

/// <summary>Who reads whom. Immutable and safe for several threads.</summary>
public sealed class NodeGraph
{
    private readonly Dictionary<string, ManifestNode> _nodes;
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);

    public NodeGraph(IEnumerable<ManifestNode> nodes)
    {
        _nodes = nodes.ToDictionary(node => node.UniqueId, StringComparer.Ordinal);
        foreach (var node in _nodes.Values)
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

        foreach (var children in _children.Values)
        {
            children.Sort(StringComparer.Ordinal);
        }
    }

    public IReadOnlyList<string> Parents(string id) => _nodes.TryGetValue(id, out var node) ? node.DependsOn : [];

    public IReadOnlyList<string> Children(string id) => _children.GetValueOrDefault(id) ?? [];

    /// <summary>Everything that the node reads, up to a number of steps; itself left out.</summary>
    public HashSet<string> Ancestors(string id, int steps = int.MaxValue) => Walk(id, steps, Parents);

    /// <summary>Everything that reads the node, down to a number of steps; itself left out.</summary>
    public HashSet<string> Descendants(string id, int steps = int.MaxValue) => Walk(id, steps, Children);

    /// <summary>The nodes, each after what it reads; a test directly after the last node that it reads. Assumes no circle.</summary>
    public IReadOnlyList<ManifestNode> InOrder() => InOrder(_nodes);

    /// <summary>Some of the nodes, each after those of them that it reads, directly or through others. Costs no more than what they read.</summary>
    public IReadOnlyList<ManifestNode> InOrder(IReadOnlySet<string> ids)
    {
        var needed = new Dictionary<string, ManifestNode>(StringComparer.Ordinal);
        var pending = new Stack<string>(ids);
        while (pending.TryPop(out var id))
        {
            if (_nodes.TryGetValue(id, out var node) && needed.TryAdd(id, node))
            {
                foreach (var parent in node.DependsOn)
                {
                    pending.Push(parent);
                }
            }
        }

        return [.. InOrder(needed).Where(node => ids.Contains(node.UniqueId))];
    }

    // Of nodes of which all that they read is there too.
    private List<ManifestNode> InOrder(Dictionary<string, ManifestNode> nodes)
    {
        var order = new List<ManifestNode>(nodes.Count);
        var waiting = nodes.Values.ToDictionary(
            node => node.UniqueId,
            node => node.DependsOn.Count(nodes.ContainsKey),
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
        foreach (var node in nodes.Values.Where(node => waiting[node.UniqueId] == 0))
        {
            Enqueue(node);
        }

        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var child in Children(node.UniqueId))
            {
                if (nodes.TryGetValue(child, out var reader) && --waiting[child] == 0)
                {
                    Enqueue(reader);
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
