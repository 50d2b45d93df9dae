using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Lineage;

/// <summary>The columns of relations as a transaction of a build sees them. One instance a build; for one part at a time.</summary>
internal sealed class ColumnReader(BuildRun run)
{
    // Beyond this many, one question for whole schemas is cheaper than one for each relation.
    private const int Few = 25;

    private readonly Dictionary<RelationName, IReadOnlyList<string>> _known = [];

    public IReadOnlyList<string>? Find(RelationName relation) => _known.GetValueOrDefault(relation);

    /// <summary>Looks again at relations, which were built anew, when they are read next.</summary>
    public void Forget(IEnumerable<RelationName> relations)
    {
        foreach (var relation in relations)
        {
            _known.Remove(relation);
        }
    }

    /// <summary>Reads the columns of those relations that are there.</summary>
    public async ValueTask ReadAsync(
        Publication publication,
        IEnumerable<RelationName> relations,
        CancellationToken cancellationToken
    )
    {
        var places = relations
            .Distinct()
            .Where(relation => !_known.ContainsKey(relation))
            .Select(relation => (Relation: relation, Found: publication.Find(relation)))
            .Where(item => item.Found is not null)
            .Select(item => (item.Relation, Place: Place(publication, item.Relation, item.Found!.Name)))
            .ToList();
        if (places.Count > Few)
        {
            await ReadSchemasAsync(publication, places, cancellationToken);
            return;
        }

        foreach (var (relation, place) in places)
        {
            try
            {
                var columns = await publication.Connection.QueryAsync(
                    run.Engine.FindColumns(run.Engine.Quote(place)),
                    cancellationToken
                );
                _known[relation] = [.. RelationColumn.Read(columns).Select(column => column.Name)];
            }
            catch (WarehouseException failure) when (failure.Failure == WarehouseFailure.Statement)
            {
                // A view over something that is gone: nobody can read it, and nothing that is built does.
            }
        }
    }

    private static RelationName Place(Publication publication, RelationName relation, RelationName found) =>
        publication.Places.Has(relation) ? publication.Places.Of(relation) : found;

    private async ValueTask ReadSchemasAsync(
        Publication publication,
        List<(RelationName Relation, RelationName Place)> places,
        CancellationToken cancellationToken
    )
    {
        var dialect = run.Engine.Dialect;
        var schemas = string.Join(
            ", ",
            places.Select(item => item.Place.Schema).Distinct(StringComparer.Ordinal).Select(dialect.Literal)
        );
        var table = await publication.Connection.QueryAsync(
            dialect is DuckDbDialect
                ? $"""
                SELECT schema_name, table_name, column_name FROM duckdb_columns()
                WHERE database_name = current_database() AND NOT internal AND schema_name IN ({schemas})
                ORDER BY schema_name, table_name, column_index
                """
                : $"""
                SELECT n.nspname::text, c.relname::text, a.attname::text
                FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname IN ({schemas})
                ORDER BY n.nspname, c.relname, a.attnum
                """,
            cancellationToken
        );
        var columns = new Dictionary<RelationName, List<string>>();
        for (var row = 0L; row < table.RowCount; row++)
        {
            var name = new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!);
            if (!columns.TryGetValue(name, out var list))
            {
                columns[name] = list = [];
            }

            list.Add((string)table.Value(row, 2)!);
        }

        foreach (var (relation, place) in places)
        {
            if (columns.TryGetValue(place, out var list))
            {
                _known[relation] = list;
            }
        }
    }
}
