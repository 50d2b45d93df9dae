namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private Shape Resolve(Query query, QueryScope? outer, CommonTables? tables)
    {
        if (IsTooLarge(query, 1))
        {
            return new Shape([], new OpenColumns(null, ColumnSources.Unknown));
        }

        var around = _filters;
        _filters = new RowFilters();
        var shape = ResolveWithin(query, outer, tables) with { Filters = _filters };
        _filters = around;
        return shape;
    }

    // A query whose rows are used: what decides on them decides here too.
    private Shape Used(Shape shape)
    {
        _filters.Add(shape.Filters);
        return shape;
    }

    private Shape ResolveWithin(Query query, QueryScope? outer, CommonTables? tables)
    {
        foreach (var table in query.With?.Tables ?? [])
        {
            tables = Resolve(table, query.With!.Recursive, outer, tables);
        }

        var shape = Resolve(query.Body, outer, tables, out var scope);
        scope.Aliases = [.. shape.Columns];
        scope.AliasesFirst = true;
        foreach (var item in query.OrderBy)
        {
            // An order decides on rows only where some of them are cut off; its names must be there in any case.
            var sources = KeySources(item.Key, shape, scope, tables);
            if (query.Bounds is not null)
            {
                _filters.Add(sources);
            }
        }

        return shape;
    }

    // A number stands for the output column at that place.
    private ColumnSources KeySources(SqlExpression key, Shape shape, QueryScope scope, CommonTables? tables) =>
        key switch
        {
            Literal { Kind: LiteralKind.Number } number when int.TryParse(number.Value, out var place) => place > 0
            && place <= shape.Columns.Count
                ? shape.Columns[place - 1].Sources
                : ColumnSources.None,
            KeywordValue { Name: "all" } => shape.All(),
            _ => Sources(key, scope, tables),
        };

    private Shape Resolve(QueryBody body, QueryScope? outer, CommonTables? tables, out QueryScope scope)
    {
        scope = new QueryScope(outer);
        switch (body)
        {
            case Select select:
                return Resolve(select, outer, tables, out scope);
            case SetOperation set:
                var left = Resolve(set.Left, outer, tables, out _);
                return Combine(set, left, Resolve(set.Right, outer, tables, out _));
            case NestedQuery nested:
                return Used(Resolve(nested.Query, outer, tables));
            case TableBody table:
                return Resolve(table.Table, scope, tables).Relations[0].Shape;
            case PivotQuery pivot:
                return Resolve(pivot, scope, tables);
            case UnpivotQuery unpivot:
                return Resolve(unpivot, scope, tables);
            case Values values:
                return Resolve(values, scope, tables);
            default:
                return new Shape([], null);
        }
    }

    private Shape Resolve(Values values, QueryScope scope, CommonTables? tables)
    {
        var columns = new List<OutputColumn>();
        foreach (var row in values.Rows)
        {
            for (var index = 0; index < row.Items.Count; index++)
            {
                var sources = Sources(row.Items[index], scope, tables);
                if (index == columns.Count)
                {
                    columns.Add(new OutputColumn(_names.IsDuckDb ? $"col{index}" : $"column{index + 1}", sources));
                }
                else
                {
                    columns[index] = columns[index] with { Sources = columns[index].Sources.With(sources) };
                }
            }
        }

        return new Shape(columns, null);
    }
}
