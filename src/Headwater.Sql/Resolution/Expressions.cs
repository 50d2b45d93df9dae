namespace Headwater.Sql.Resolution;

public sealed partial class NameResolver
{
    private ColumnSources Sources(SqlNode node, QueryScope scope, CommonTables? tables)
    {
        switch (node)
        {
            case ColumnReference column:
                return Find(column, scope);
            case Star star:
                // In count(*) the rows count, not their columns.
                return star.Qualifier is null ? ColumnSources.None : Expand(star, scope, tables).All();
            case Query query:
                return Resolve(query, scope, tables).All();
            case Exists { Query: var query }:
                // Whether there are rows depends on what decides on them.
                var decides = Resolve(query, scope, tables).All();
                return ColumnSources.None.InfluencedBy(decides with { Values = [] });
            case Lambda lambda:
                return Sources(lambda.Body, Parameterized(scope, lambda.Parameters), tables);
            case ListComprehension list:
                var within = Parameterized(scope, list.Variables);
                return Sources(list.Source, scope, tables)
                    .With(Sources(list.Result, within, tables))
                    .With(Optional(list.Condition, within, tables));
            case Argument { Value: Binary { Operator: "->" } arrow }
                when ArrowParameters(arrow.Left, scope) is { } names:
                return Sources(arrow.Right, Parameterized(scope, names), tables);
            case WindowSpecification { Base: { } named } window:
                var inherited =
                    scope.Windows.TryGetValue(named.Text, out var definition) && definition != window
                        ? Sources(definition, scope, tables)
                        : ColumnSources.None;
                return Children(window, scope, tables).With(inherited);
            default:
                return Children(node, scope, tables);
        }
    }

    private ColumnSources Children(SqlNode node, QueryScope scope, CommonTables? tables)
    {
        var sources = ColumnSources.None;
        foreach (var child in node.ChildNodes())
        {
            if (child is not null)
            {
                sources = sources.With(Sources(child, scope, tables));
            }
        }

        return sources;
    }

    private QueryScope Parameterized(QueryScope scope, IEnumerable<Identifier> names)
    {
        var inner = new QueryScope(scope);
        inner.Parameters.AddRange(names.Select(_names.Kept));
        return inner;
    }

    // DuckDB's arrow is a lambda when its left side names nothing that there is.
    private IReadOnlyList<Identifier>? ArrowParameters(SqlExpression left, QueryScope scope)
    {
        if (!_names.IsDuckDb)
        {
            return null;
        }

        SqlExpression[] parts = left is RowValue row ? [.. row.Items] : [left];
        var names = new List<Identifier>();
        foreach (var part in parts)
        {
            if (part is not ColumnReference { Name.Parts: [var name] } column || IsBound(column, scope))
            {
                return null;
            }

            names.Add(name);
        }

        return names;
    }
}
