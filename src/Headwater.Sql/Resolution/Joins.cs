namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    private QueryScope Resolve(Join join, QueryScope before, CommonTables? tables)
    {
        var left = ResolveTable(join.Left, before, tables);
        var sight = new QueryScope(before.Outer);
        sight.Add(before);
        sight.Add(left);
        var right = ResolveTable(join.Right, sight, tables);
        var shared = SharedNames(join, left, right);

        var both = new QueryScope(before.Outer);
        both.Add(left);
        both.Add(right);
        if (join.On is { } condition)
        {
            var on = new QueryScope(before.Outer);
            on.Add(before);
            on.Add(both);
            _filters.Add(Sources(condition, on, tables));
            return Kept(join, left, both);
        }

        var merged = new List<OutputColumn>();
        foreach (var name in shared)
        {
            var first = Side(left, name.Text, join, name.Node);
            var second = Side(right, name.Text, join, name.Node);
            _filters.Add(first);
            _filters.Add(second);
            merged.Add(
                new OutputColumn(
                    name.Text,
                    join.Kind switch
                    {
                        JoinKind.Right => second,
                        JoinKind.Full => first.With(second),
                        _ => first,
                    }
                )
            );
        }

        if (merged.Count == 0)
        {
            return Kept(join, left, both);
        }

        both.Visible =
        [
            .. merged,
            .. both.Visible.Where(column => !merged.Exists(other => _names.Same(other.Name, column.Name))),
        ];
        return Kept(join, left, both);
    }

    // Of a semi or anti join only the left side remains.
    private static QueryScope Kept(Join join, QueryScope left, QueryScope both) =>
        join.Kind is JoinKind.Semi or JoinKind.Anti ? left : both;

    private List<(string Text, SqlNode Node)> SharedNames(Join join, QueryScope left, QueryScope right) =>
        join.Natural
            ?
            [
                .. left
                    .Visible.Where(column => right.Visible.Exists(other => _names.Same(column.Name, other.Name)))
                    .Select(column => (column.Name, (SqlNode)join)),
            ]
            : [.. join.Using.Select(name => (_names.Kept(name), (SqlNode)name))];

    private ColumnSources Side(QueryScope side, string name, Join join, SqlNode node)
    {
        var found = side.Visible.Find(column => _names.Same(column.Name, name));
        if (found is not null)
        {
            return found.Sources;
        }

        if (side.Open.Count > 0)
        {
            return side.Open.Count == 1 ? side.Open[0].Find(name) : ColumnSources.Unknown;
        }

        Report(join.Natural ? join : node, SqlDiagnostics.UnknownColumn, name);
        return ColumnSources.Unknown;
    }
}
