using Headwater.Sql.Lineage;

namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private ColumnSources Sources(SqlNode node, QueryScope scope, CommonTables? tables)
    {
        switch (node)
        {
            case ColumnReference column:
                return Find(column, scope);
            case PositionalReference { Number: var number }:
                return int.TryParse(number, out var place) && place > 0 && place <= scope.Visible.Count
                    ? scope.Visible[place - 1].Sources
                    : ColumnSources.Unknown;
            case Star star:
                // In count(*) the rows count, not their columns.
                return star.Qualifier is null ? ColumnSources.None : Expand(star, scope, tables).All();
            case Subquery { Query: var query }:
                return Used(Resolve(query, scope, tables)).All();
            case Query query:
                return Used(Resolve(query, scope, tables)).All().As(InputKind.Transformed);
            case Exists { Query: var query }:
                // Whether there are rows depends on what decides on them.
                var filters = Resolve(query, scope, tables).Filters;
                return ColumnSources.Of(filters.Columns, InputKind.Condition, filters.Complete);
            case Collate { Operand: var operand }:
                return Sources(operand, scope, tables);
            case Case conditional:
                return Sources(conditional, scope, tables);
            case FunctionCall call:
                return Sources(call, scope, tables);
            case MethodCall { Operand: var operand, Call: var call }:
                return Sources(operand, scope, tables)
                    .As(Aggregates.IsAggregate(call) ? InputKind.Aggregated : InputKind.Transformed)
                    .With(Sources(call, scope, tables));
            case Lambda lambda:
                return Sources(lambda.Body, Parameterized(scope, lambda.Parameters), tables).As(InputKind.Transformed);
            case ListComprehension list:
                var within = Parameterized(scope, list.Variables);
                return Sources(list.Source, scope, tables)
                    .With(Sources(list.Result, within, tables))
                    .As(InputKind.Transformed)
                    .With(Optional(list.Condition, within, tables).As(InputKind.Condition));
            case Argument { Value: Binary { Operator: "->" } arrow }
                when ArrowParameters(arrow.Left, scope) is { } names:
                return Sources(arrow.Right, Parameterized(scope, names), tables).As(InputKind.Transformed);
            case Argument { Value: var value }:
                return Sources(value, scope, tables);
            case WindowSpecification { Base: { } named } window:
                var inherited =
                    scope.Windows.TryGetValue(named.Text, out var definition) && definition != window
                        ? Sources(definition, scope, tables)
                        : ColumnSources.None;
                return Children(window.ChildNodes(), scope, tables).With(inherited);
            default:
                return Children(node.ChildNodes(), scope, tables).As(InputKind.Transformed);
        }
    }

    private ColumnSources Sources(Case conditional, QueryScope scope, CommonTables? tables)
    {
        var conditions = Optional(conditional.Operand, scope, tables);
        var results = Optional(conditional.Else, scope, tables);
        foreach (var branch in conditional.Whens)
        {
            conditions = conditions.With(Sources(branch.Condition, scope, tables));
            results = results.With(Sources(branch.Result, scope, tables));
        }

        return results.As(InputKind.Transformed).With(conditions.As(InputKind.Condition));
    }

    private ColumnSources Sources(FunctionCall call, QueryScope scope, CommonTables? tables)
    {
        var aggregates = Aggregates.IsAggregate(call);
        var values = Children(call.Arguments, scope, tables);
        // What stands in WITHIN GROUP is what is aggregated; another order only says in which sequence.
        values = values.With(Children(call.WithinGroup, scope, tables));
        return values
            .As(aggregates ? InputKind.Aggregated : InputKind.Transformed)
            .With(
                Children(call.OrderBy, scope, tables)
                    .With(Optional(call.Filter, scope, tables))
                    .With(call.Over is { } window ? Sources(window, scope, tables) : ColumnSources.None)
                    .As(InputKind.Condition)
            );
    }

    private ColumnSources Children(IEnumerable<SqlNode?> nodes, QueryScope scope, CommonTables? tables) =>
        ColumnSources.Union(nodes.OfType<SqlNode>().Select(child => Sources(child, scope, tables)));

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
