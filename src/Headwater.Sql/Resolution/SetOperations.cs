namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private Shape Combine(SetOperation set, Shape left, Shape right)
    {
        var byName = set.ByName || left.Open is not null || right.Open is not null;
        if (!byName && left.Columns.Count != right.Columns.Count)
        {
            Report(set.Right, SqlDiagnostics.UnequalColumns, left.Columns.Count, right.Columns.Count);
        }

        var columns = left
            .Columns.Select(
                (column, index) =>
                    Combine(
                        set.Operator,
                        column,
                        byName ? Named(right, column.Name) : right.Columns.ElementAtOrDefault(index)
                    )
            )
            .ToList();
        if (byName)
        {
            columns.AddRange(
                right
                    .Columns.Where(column => !left.Columns.Any(other => _names.Same(other.Name, column.Name)))
                    .Select(column =>
                        left.Open is { } open
                            ? column with
                            {
                                Sources = column.Sources.With(open.Find(column.Name)),
                            }
                            : column
                    )
            );
        }

        if (set.Operator != SetOperator.Union)
        {
            _filters.Add(right.All());
        }

        return new Shape(columns, OpenColumns.Merge(left.Open, right.Open));
    }

    private OutputColumn? Named(Shape shape, string name) =>
        shape.Columns.FirstOrDefault(column => _names.Same(column.Name, name))
        ?? (shape.Open is { } open ? new OutputColumn(name, open.Find(name)) : null);

    // Only a union brings values of its second side.
    private static OutputColumn Combine(SetOperator kind, OutputColumn left, OutputColumn? right) =>
        right is null || kind != SetOperator.Union ? left : left with { Sources = left.Sources.With(right.Sources) };
}
