using Headwater.Kernel.Names;
using Headwater.Query.Publishing;
using Headwater.Sql.Lineage;

namespace Headwater.Query.Masking;

/// <summary>
/// The tags of every column: those that the project gives it, those of the columns that it is made of, however it is made, and those of its copies
/// further down, for they are the same data. A column of which it is not known what it is made of has the tags of everything that its
/// relation reads. A declassified tag neither holds nor goes further. Immutable.
/// </summary>
internal sealed class TagMap
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private readonly Dictionary<ColumnName, HashSet<string>> _tags = [];
    private readonly Dictionary<ColumnName, HashSet<string>> _declassified = [];

    public TagMap(
        IReadOnlyCollection<ReachableRelation> relations,
        IReadOnlyList<ClassifiedColumn> classified,
        LineageMap lineage
    )
    {
        var columns = Columns(relations, lineage);
        foreach (var item in classified)
        {
            foreach (var column in Named(item, columns))
            {
                Set(_declassified, column).UnionWith(item.Declassified);
                Set(_tags, column).UnionWith(item.Tags);
            }
        }

        if (_tags.Count > 0)
        {
            Spread(Edges(relations, columns, lineage));
        }
    }

    public IReadOnlySet<string> Of(RelationName relation, string column) =>
        _tags.TryGetValue(new ColumnName(relation, column), out var tags) ? tags : None;

    private static Dictionary<RelationName, HashSet<string>> Columns(
        IReadOnlyCollection<ReachableRelation> relations,
        LineageMap lineage
    )
    {
        var columns = new Dictionary<RelationName, HashSet<string>>();
        foreach (var relation in relations)
        {
            Of(relation.Name).UnionWith(relation.Columns);
        }

        foreach (var column in lineage.Columns)
        {
            Of(column.Relation).Add(column.Name);
        }

        return columns;

        HashSet<string> Of(RelationName relation)
        {
            if (!columns.TryGetValue(relation, out var names))
            {
                columns[relation] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            }

            return names;
        }
    }

    private static IEnumerable<ColumnName> Named(
        ClassifiedColumn item,
        Dictionary<RelationName, HashSet<string>> columns
    ) =>
        item.Column is { } name
            ? [new ColumnName(item.Relation, name)]
            : columns.GetValueOrDefault(item.Relation, []).Select(column => new ColumnName(item.Relation, column));

    // From each column to those that get its tags.
    private static Dictionary<ColumnName, List<ColumnName>> Edges(
        IReadOnlyCollection<ReachableRelation> relations,
        Dictionary<RelationName, HashSet<string>> columns,
        LineageMap lineage
    )
    {
        var edges = new Dictionary<ColumnName, List<ColumnName>>();
        foreach (var relation in relations)
        {
            var known = lineage.Find(relation.Name);
            var traced = known?.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase) ?? [];
            foreach (var name in relation.Columns)
            {
                var column = new ColumnName(relation.Name, name);
                var found = traced.GetValueOrDefault(name);
                foreach (var input in found?.Inputs ?? [])
                {
                    Add(input.Column, column);
                    if (input.Kind == InputKind.Copied)
                    {
                        Add(column, input.Column);
                    }
                }

                if (found is not { Complete: true })
                {
                    foreach (var read in relation.Reads)
                    {
                        foreach (var input in columns.GetValueOrDefault(read, []))
                        {
                            Add(new ColumnName(read, input), column);
                        }
                    }
                }
            }
        }

        // What is made but not published hands tags on all the same.
        var published = relations.Select(relation => relation.Name).ToHashSet();
        foreach (var made in lineage.Relations.Where(made => !published.Contains(made.Relation)))
        {
            foreach (var column in made.Columns)
            {
                foreach (var input in column.Inputs)
                {
                    Add(input.Column, new ColumnName(made.Relation, column.Name));
                }
            }
        }

        return edges;

        void Add(ColumnName from, ColumnName to)
        {
            if (!edges.TryGetValue(from, out var targets))
            {
                edges[from] = targets = [];
            }

            targets.Add(to);
        }
    }

    private void Spread(Dictionary<ColumnName, List<ColumnName>> edges)
    {
        var open = new Queue<ColumnName>(_tags.Keys);
        while (open.TryDequeue(out var column))
        {
            var tags = Set(_tags, column);
            foreach (var target in edges.GetValueOrDefault(column, []))
            {
                var held = Set(_tags, target);
                var before = held.Count;
                held.UnionWith(
                    _declassified.TryGetValue(target, out var cleared)
                        ? tags.Where(tag => !cleared.Contains(tag)).ToList()
                        : tags
                );
                if (held.Count > before)
                {
                    open.Enqueue(target);
                }
            }
        }
    }

    private static HashSet<string> Set(Dictionary<ColumnName, HashSet<string>> sets, ColumnName column)
    {
        if (!sets.TryGetValue(column, out var set))
        {
            sets[column] = set = new HashSet<string>(StringComparer.Ordinal);
        }

        return set;
    }
}
