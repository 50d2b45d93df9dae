namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private Shape Resolve(Select select, QueryScope? outer, CommonTables? tables, out QueryScope scope)
    {
        var from = new QueryScope(outer);
        scope = from;
        foreach (var table in select.From)
        {
            from.Add(ResolveTable(table, from, tables));
        }

        foreach (var window in select.Windows)
        {
            from.Windows[window.Name.Text] = window.Window;
        }

        var columns = new List<OutputColumn>();
        OpenColumns? open = null;
        foreach (var item in select.Items)
        {
            var added = Resolve(item, from, tables);
            columns.AddRange(added.Columns);
            open = OpenColumns.Merge(open, added.Open);
            if (_names.IsDuckDb && item.Alias is not null)
            {
                from.Aliases.AddRange(added.Columns);
            }
        }

        var shape = new Shape(columns, open);
        _filters.Add(Optional(select.Where, from, tables));
        from.Aliases = columns;
        _filters.Add(Optional(select.Having, from, tables));
        _filters.Add(Optional(select.Qualify, from, tables));
        _filters.Add(Grouping(select.GroupBy?.Elements ?? [], shape, from, tables));
        foreach (var key in select.DistinctOn)
        {
            _filters.Add(KeySources(key, shape, from, tables));
        }

        return shape;
    }

    private ColumnSources Optional(SqlExpression? value, QueryScope scope, CommonTables? tables) =>
        value is null ? ColumnSources.None : Sources(value, scope, tables);

    private ColumnSources Grouping(
        NodeList<GroupingElement> elements,
        Shape shape,
        QueryScope scope,
        CommonTables? tables
    )
    {
        var sources = ColumnSources.None;
        foreach (var element in elements)
        {
            sources = sources.With(Grouping(element.Sets, shape, scope, tables));
            foreach (var key in element.Expressions)
            {
                sources = sources.With(KeySources(key, shape, scope, tables));
            }
        }

        return sources;
    }

    private Shape Resolve(SelectItem item, QueryScope scope, CommonTables? tables)
    {
        switch (item.Value)
        {
            case Star star:
                return Expand(star, scope, tables);
            case FunctionCall { Arguments: [{ Value: Star star }], Name.Parts: [{ Text: var name }] }
                when _names.IsDuckDb && name.Equals("columns", StringComparison.OrdinalIgnoreCase):
                return Expand(star, scope, tables);
            case FieldAccess { Field.Text: "*" } all:
                return new Shape([], new OpenColumns(null, Sources(all.Operand, scope, tables)));
            default:
                var column = item.Alias is { } alias
                    ? _names.Kept(alias)
                    : ImpliedName.Of(item.Value, _names) ?? SqlRenderer.Render(item.Value, _names.Dialect);
                return new Shape([new OutputColumn(column, Sources(item.Value, scope, tables))], null);
        }
    }
}
