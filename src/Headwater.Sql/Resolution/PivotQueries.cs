using Headwater.Sql.Lineage;

namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    // The groups are known; which columns the values make depends on the rows.
    private Shape Resolve(PivotQuery pivot, QueryScope outer, CommonTables? tables)
    {
        var scope = ResolveTable(pivot.Source, outer, tables);
        var keys = Children(pivot.On.Select(key => key.Header), scope, tables);
        var values = Children(pivot.Aggregates, scope, tables);
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in pivot.On.Select(key => (SqlNode)key.Header).Concat(pivot.Aggregates))
        {
            Names(part, named);
        }

        var groups =
            pivot.GroupBy.Count > 0
                ? pivot.GroupBy.Select(name =>
                {
                    var column = new ColumnReference(new QualifiedName([name])) { Position = name.Position };
                    return new OutputColumn(_names.Kept(name), Find(column, scope));
                })
                : scope.Visible.Where(column => !named.Contains(column.Name));
        return new Shape(
            [.. groups],
            new OpenColumns(null, values.As(InputKind.Aggregated).With(keys.As(InputKind.Condition)))
        );
    }

    private Shape Resolve(UnpivotQuery unpivot, QueryScope outer, CommonTables? tables)
    {
        var scope = ResolveTable(unpivot.Source, outer, tables);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var values = ColumnSources.None;
        foreach (var item in unpivot.On)
        {
            var columns = Resolve(item, scope, tables).Columns;
            values = columns.Aggregate(values, (sources, column) => sources.With(column.Sources));
            taken.UnionWith(columns.Select(column => column.Name));
            Names(item, taken);
        }

        var names = unpivot.Values.Count > 0 ? unpivot.Values.Select(_names.Kept) : ["value"];
        return new Shape(
            [
                .. scope.Visible.Where(column => !taken.Contains(column.Name)),
                new OutputColumn(unpivot.Name is { } name ? _names.Kept(name) : "name", ColumnSources.None),
                .. names.Select(value => new OutputColumn(value, values)),
            ],
            scope.Open.Aggregate((OpenColumns?)null, OpenColumns.Merge)
        );
    }

    private void Names(SqlNode node, HashSet<string> names)
    {
        if (node is ColumnReference column)
        {
            names.Add(_names.Kept(column.Name.Name));
        }

        foreach (var child in node.ChildNodes())
        {
            if (child is not null)
            {
                Names(child, names);
            }
        }
    }
}
