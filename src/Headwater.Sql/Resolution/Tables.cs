namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    // The scope holds what stands to the left, for what may look there.
    private QueryScope ResolveTable(TableExpression table, QueryScope left, CommonTables? tables)
    {
        switch (table)
        {
            case Join join:
                return Resolve(join, left, tables);
            case NestedJoin nested:
                var inner = ResolveTable(nested.Table, left, tables);
                return nested.Alias is null
                    ? inner
                    : Named(
                        nested.Alias,
                        [],
                        new Shape(inner.Visible, inner.Open.Aggregate((OpenColumns?)null, OpenColumns.Merge)),
                        left
                    );
            case Pivot pivot:
                return ResolvePivot(pivot.Source, pivot.Alias, left, tables);
            case Unpivot unpivot:
                return ResolvePivot(unpivot.Source, unpivot.Alias, left, tables);
            case TableReference reference:
                return Resolve(reference, left, tables);
            case DerivedTable derived:
                // DuckDB finds out by itself whether a subquery looks to its left.
                var outer = derived.Lateral || _names.IsDuckDb ? left : left.Outer;
                return Named(derived.Alias, [], Used(Resolve(derived.Query, outer, tables)), left);
            case TableFunction function:
                return Resolve(function, left, tables);
            case RowsFrom rows:
                return Resolve(rows, left, tables);
            default:
                return new QueryScope(left.Outer);
        }
    }

    private QueryScope Named(TableAlias? alias, IReadOnlyList<string> names, Shape shape, QueryScope left)
    {
        if (alias is not null)
        {
            names = alias.Name is { } name ? [_names.Kept(name)] : names;
            shape = Renamed(shape, [.. alias.Columns.Select(column => column.Name)]);
        }

        var scope = new QueryScope(left.Outer) { Visible = [.. shape.Columns] };
        scope.Relations.Add(new ScopeRelation(names, shape));
        if (shape.Open is { } open)
        {
            scope.Open.Add(open);
        }

        return scope;
    }

    private QueryScope Resolve(TableReference reference, QueryScope left, CommonTables? tables)
    {
        var names = reference.Name.Parts.Select(_names.Kept).ToList();
        if (names.Count == 1)
        {
            for (var table = tables; table is not null; table = table.Others)
            {
                if (_names.Same(table.Name, names[0]))
                {
                    return Named(reference.Alias, names, Used(table.Shape), left);
                }
            }
        }

        var schema = _schemas.Find(reference.Name);
        if (schema is null)
        {
            Report(reference, SqlDiagnostics.UnknownRelation, reference.Name);
            schema = new RelationSchema(string.Join('.', names), null);
        }

        var shape = schema.Columns is { } columns
            ? new Shape(
                [
                    .. columns.Select(name => new OutputColumn(
                        name,
                        ColumnSources.Of(new SourceColumn(schema.Relation, name))
                    )),
                ],
                null
            )
            : new Shape([], new OpenColumns(schema.Relation, ColumnSources.None));
        return Named(reference.Alias, names, shape, left);
    }

    // What a function gives comes from its arguments; its columns are known only when the alias names them.
    private QueryScope Resolve(TableFunction function, QueryScope left, CommonTables? tables)
    {
        var sources = Sources(function.Call, left, tables);
        var name = _names.Kept(function.Call.Name.Name);
        var alias = function.Alias;
        if (alias?.Columns.Count > 0)
        {
            var named = alias.Columns.Select(column => new OutputColumn(_names.Kept(column.Name), sources));
            return Named(alias with { Columns = [] }, [name], new Shape([.. named], null), left);
        }

        var column = alias?.Name is { } given && !_names.IsDuckDb ? _names.Kept(given) : name;
        var shape = new Shape([new OutputColumn(column, sources)], new OpenColumns(null, sources));
        return Named(alias, [name], shape, left);
    }

    private QueryScope Resolve(RowsFrom rows, QueryScope left, CommonTables? tables)
    {
        var parts = rows.Functions.Select(function => Resolve(function, left, tables)).ToList();
        var columns = parts.SelectMany(part => part.Visible).ToList();
        if (rows.WithOrdinality)
        {
            columns.Add(new OutputColumn("ordinality", ColumnSources.None));
        }

        var open = parts.SelectMany(part => part.Open).Aggregate((OpenColumns?)null, OpenColumns.Merge);
        // Names for all of them leave none open.
        var isNamed = rows.Alias is { } alias && alias.Columns.Count >= columns.Count;
        return Named(rows.Alias, [], new Shape(columns, isNamed ? null : open), left);
    }
}
