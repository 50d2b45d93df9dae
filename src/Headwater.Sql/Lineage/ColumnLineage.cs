using Headwater.Sql.Dialects;
using Headwater.Sql.Resolution;

namespace Headwater.Sql.Lineage;

/// <summary>From which columns outside a query each of its output columns comes.</summary>
/// <param name="Columns">The output columns in order, with their sources.</param>
/// <param name="Filters">
/// The columns that decide which rows there are: those of filters, joins, groups, and of orders under a limit. They are inputs of the query, of none
/// of its columns.
/// </param>
/// <param name="Complete">Whether every name was bound and every star's columns were known.</param>
/// <param name="HasUnknownColumns">Whether a star met a relation of unknown columns, so that there are more columns than these.</param>
/// <param name="Errors">The names that could not be bound.</param>
public sealed record ColumnLineage(
    IReadOnlyList<OutputColumn> Columns,
    IReadOnlyCollection<SourceColumn> Filters,
    bool Complete,
    bool HasUnknownColumns,
    IReadOnlyList<NameError> Errors
)
{
    /// <summary>
    /// Follows every value through CTEs, joins, set operations, stars and subqueries. A recursive CTE is followed until nothing is added. Costs the
    /// size of the query times the number of its columns.
    /// </summary>
    public static ColumnLineage Of(Query query, ISchemaLookup schemas, SqlDialect dialect)
    {
        var resolved = NameResolver.Resolve(query, schemas, dialect);
        return new ColumnLineage(
            resolved.Columns,
            resolved.Filters.Columns,
            !resolved.OpenStar
                && resolved.Errors.Count == 0
                && resolved.Filters.Complete
                && resolved.Columns.All(column => column.Sources.Complete),
            resolved.OpenStar,
            resolved.Errors
        );
    }
}
