namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private Shape Expand(Star star, QueryScope scope, CommonTables? tables)
    {
        IEnumerable<OutputColumn> columns = scope.Visible;
        var open = scope.Open.Aggregate((OpenColumns?)null, OpenColumns.Merge);
        if (star.Qualifier is { } qualifier)
        {
            var relation = FindRelation(qualifier.Parts, scope);
            if (relation is null)
            {
                Report(star, SqlDiagnostics.UnknownQualifier, qualifier);
                return new Shape([], new OpenColumns(null, ColumnSources.Unknown));
            }

            columns = relation.Shape.Columns;
            open = relation.Shape.Open;
        }

        if (IsTooLarge(star, scope.Visible.Count))
        {
            return new Shape([], new OpenColumns(null, ColumnSources.Unknown));
        }

        return new Shape(
            [
                .. columns
                    .Where(column => !star.Excluded.Any(name => IsNamed(column, name)))
                    .Select(column => Changed(star, column, scope, tables)),
            ],
            open
        );
    }

    private bool IsNamed(OutputColumn column, QualifiedName name) => _names.Same(column.Name, _names.Kept(name.Name));

    private OutputColumn Changed(Star star, OutputColumn column, QueryScope scope, CommonTables? tables)
    {
        var replaced = star.Replaced.FirstOrDefault(item => _names.Same(_names.Kept(item.Alias!), column.Name));
        var renamed = star.Renamed.FirstOrDefault(item => IsNamed(column, item.Column));
        return new OutputColumn(
            renamed is null ? column.Name : _names.Kept(renamed.Name),
            replaced is null ? column.Sources : Sources(replaced.Value, scope, tables)
        );
    }
}
