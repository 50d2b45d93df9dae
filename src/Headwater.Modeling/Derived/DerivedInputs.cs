using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Sql;

namespace Headwater.Modeling.Derived;

/// <summary>Finds what the rows of derived tables depend on.</summary>
internal sealed class DerivedInputs(Manifest manifest)
{
    // What is read at every moment through these stands still between builds.
    private static readonly HashSet<string> Still = new(StringComparer.OrdinalIgnoreCase)
    {
        "table",
        "incremental",
        "materialized_view",
    };

    private readonly ILookup<RelationName, RelationNode> _nodes = manifest
        .Nodes.Values.OfType<RelationNode>()
        .ToLookup(node => node.Relation);

    /// <summary>The nodes whose rows a table depends on: those that it reads and, below views, what these read.</summary>
    public IReadOnlyList<RelationNode> Of(DerivedTable table) =>
        [.. All(table).Where(node => node is not ModelNode { IsEphemeral: true })];

    /// <summary>True if its rows may change while nothing that it reads does.</summary>
    public bool DependsOnClock(DerivedTable table) =>
        ClockWords.Occur(table.Sql)
        || All(table).OfType<ModelNode>().Any(model => IsRead(model) && ClockWords.Occur(model.RawSql));

    /// <summary>True for a view: its rows are those of what it reads, at every moment.</summary>
    public static bool IsRead(RelationNode node) =>
        node is ModelNode model && !Still.Contains(model.Config.Materialized);

    private List<RelationNode> All(DerivedTable table)
    {
        var found = new List<RelationNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in table.Reads.SelectMany(read => _nodes[read]))
        {
            Collect(node, found, seen);
        }

        return found;
    }

    private void Collect(RelationNode node, List<RelationNode> found, HashSet<string> seen)
    {
        if (!seen.Add(node.UniqueId))
        {
            return;
        }

        found.Add(node);

        if (IsRead(node))
        {
            foreach (var below in node.DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id)))
            {
                if (below is RelationNode relation)
                {
                    Collect(relation, found, seen);
                }
            }
        }
    }
}
