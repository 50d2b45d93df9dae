using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Publishing;

/// <summary>Reads from the warehouse what can be asked about: what builds have published, and the raw tables of sources.</summary>
internal static class RelationReader
{
    private const string RawPrefix = "raw_";

    public static async Task<IReadOnlyList<ReachableRelation>> ReadAsync(
        IWarehouse warehouse,
        CancellationToken cancellationToken
    )
    {
        var connection = await warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var published = (await PublishedRelations.ReadAllAsync(connection, cancellationToken)).ToDictionary(
                relation => relation.Name
            );
            var columns = await ReadColumnsAsync(connection, ColumnsQuery(warehouse.Dialect), cancellationToken);
            return
            [
                .. columns
                    .Where(table => published.ContainsKey(table.Key) || IsRaw(table.Key))
                    .Select(table => new ReachableRelation(
                        table.Key,
                        [.. table.Value.Select(column => column.Name)],
                        Inputs(table.Key, published),
                        IsRaw(table.Key) && !published.ContainsKey(table.Key)
                    )
                    {
                        Reads = published.GetValueOrDefault(table.Key)?.Reads ?? [],
                        Families = table.Value.ToDictionary(
                            column => column.Name,
                            column => column.Family,
                            StringComparer.OrdinalIgnoreCase
                        ),
                        Node = published.GetValueOrDefault(table.Key)?.NodeId,
                    }),
            ];
        }
    }

    private static bool IsRaw(RelationName relation) =>
        relation.Schema.StartsWith(RawPrefix, StringComparison.OrdinalIgnoreCase);

    // A table changes when it is built; a view whenever anything below it does.
    private static List<RelationName> Inputs(RelationName name, Dictionary<RelationName, PublishedRelation> published)
    {
        var inputs = new HashSet<RelationName>();
        var open = new Stack<RelationName>([name]);
        while (open.TryPop(out var next))
        {
            if (published.TryGetValue(next, out var relation) && relation.IsView)
            {
                foreach (var read in relation.Reads.Where(inputs.Add))
                {
                    open.Push(read);
                }
            }
        }

        return [.. inputs];
    }

    // PostgreSQL's information schema knows no materialized views.
    private static string ColumnsQuery(SqlDialect dialect) =>
        dialect == PostgresDialect.Instance
            ? """
                SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, NULL)
                FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
                    AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
                ORDER BY n.nspname, c.relname, a.attnum
                """
            : """
                SELECT table_schema, table_name, column_name, data_type
                FROM information_schema.columns
                WHERE table_catalog = current_database()
                ORDER BY table_schema, table_name, ordinal_position
                """;

    // Engines say what a type is in their own words and cases.
    private static ColumnFamily FamilyOf(string type) =>
        type.ToLowerInvariant() switch
        {
            "varchar" or "text" or "character varying" or "character" or "bpchar" => ColumnFamily.Text,
            "date" => ColumnFamily.Time,
            var other when other.StartsWith("timestamp", StringComparison.Ordinal) => ColumnFamily.Time,
            _ => ColumnFamily.Other,
        };

    private static async Task<Dictionary<RelationName, List<(string Name, ColumnFamily Family)>>> ReadColumnsAsync(
        IWarehouseConnection connection,
        string query,
        CancellationToken cancellationToken
    )
    {
        var table = await connection.QueryAsync(query, cancellationToken);
        var columns = new Dictionary<RelationName, List<(string Name, ColumnFamily Family)>>();
        for (long row = 0; row < table.RowCount; row++)
        {
            var name = new RelationName((string)table.Value(row, 0)!, (string)table.Value(row, 1)!);
            if (!columns.TryGetValue(name, out var list))
            {
                columns[name] = list = [];
            }

            list.Add(((string)table.Value(row, 2)!, FamilyOf((string)table.Value(row, 3)!)));
        }

        return columns;
    }
}
