using System.Collections.Immutable;
using Headwater.Sql.Dialects;
using Headwater.Sql.Resolution;

namespace Headwater.Sql.Lineage;

/// <summary>
/// The lineage of relations that are made of each other, such as a project's models: from every column back to those of the relations that no query
/// makes. Add the queries in the order in which they are built. Not for several threads.
/// </summary>
/// <param name="sources">The relations that no query makes.</param>
public sealed class LineageGraph(ISchemaLookup sources, SqlDialect dialect)
{
    private readonly NameRules _names = new(dialect);
    private readonly Dictionary<string, ColumnLineage> _made = new(
        dialect is DuckDbDialect ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
    );

    /// <summary>
    /// Adds what makes a relation, and says where its columns come from, one step back. A query may read the relation that it makes, as incremental
    /// models do: then its columns are those that the query gives.
    /// </summary>
    public ColumnLineage Add(QualifiedName relation, Query query)
    {
        var key = Key(relation);
        var reads = SqlReferences.Of(query).Relations.Any(name => _made.Comparer.Equals(Key(name), key));
        IReadOnlyList<string>? columns = null;
        if (reads)
        {
            var first = ColumnLineage.Of(query, new Schemas(this, key, null), dialect);
            columns = [.. first.Columns.Select(column => column.Name)];
        }

        return _made[key] = ColumnLineage.Of(query, new Schemas(this, reads ? key : null, columns), dialect);
    }

    /// <summary>
    /// The columns outside the graph that a column's value comes from, through all relations between. Empty for a column that is not known. Costs
    /// the size of the graph above the column.
    /// </summary>
    public IReadOnlyCollection<SourceColumn> Origins(QualifiedName relation, string column)
    {
        var found = ImmutableHashSet.CreateBuilder<SourceColumn>();
        var seen = new HashSet<SourceColumn>();
        var open = new Stack<SourceColumn>([new SourceColumn(Key(relation), column)]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (!_made.TryGetValue(next.Relation, out var lineage))
            {
                found.Add(next);
                continue;
            }

            var output = lineage.Columns.FirstOrDefault(item => _names.Same(item.Name, next.Column));
            foreach (var source in output?.Sources.Values ?? [])
            {
                open.Push(source);
            }
        }

        return found.ToImmutable();
    }

    private string Key(QualifiedName name) => string.Join('.', name.Parts.Select(_names.Kept));

    /// <summary>What a query of the graph sees.</summary>
    private sealed class Schemas(LineageGraph graph, string? self, IReadOnlyList<string>? columns) : ISchemaLookup
    {
        public RelationSchema? Find(QualifiedName name)
        {
            var key = graph.Key(name);
            if (self is not null && graph._made.Comparer.Equals(key, self))
            {
                return new RelationSchema(self, columns);
            }

            return graph._made.TryGetValue(key, out var made)
                ? new RelationSchema(
                    key,
                    made.HasUnknownColumns ? null : [.. made.Columns.Select(column => column.Name)]
                )
                : graph.Outside(name);
        }
    }

    private RelationSchema? Outside(QualifiedName name) => sources.Find(name);
}
