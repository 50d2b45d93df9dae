using Headwater.Sql.Lineage;

namespace Headwater.Sql.Resolution;

internal sealed partial class NameResolver
{
    // Which columns a pivot has depends on its values: all that is certain is that they come from the source's.
    private QueryScope ResolvePivot(TableExpression source, TableAlias? alias, QueryScope left, CommonTables? tables)
    {
        var scope = ResolveTable(source, left, tables);
        var all = scope.Relations.Aggregate(
            ColumnSources.None,
            (sources, relation) => sources.With(relation.Shape.All())
        );
        return Named(alias, [], new Shape([], new OpenColumns(null, all.As(InputKind.Transformed))), left);
    }
}
