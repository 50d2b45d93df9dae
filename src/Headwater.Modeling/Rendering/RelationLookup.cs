using Headwater.Kernel.Names;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Rendering;

/// <summary>What is in the database now, as the statement's transaction sees it.</summary>
internal static class RelationLookup
{
    public const string FindSql =
        "SELECT table_schema, table_name, CASE WHEN table_type = 'VIEW' THEN 'view' ELSE 'table' END FROM information_schema.tables "
        + "WHERE lower(table_schema) = lower($1) AND lower(table_name) = lower($2)";

    public const string ColumnsSql =
        "SELECT column_name, CASE WHEN character_maximum_length IS NOT NULL THEN data_type || '(' || character_maximum_length || ')' "
        + "WHEN data_type = 'numeric' AND numeric_precision IS NOT NULL THEN 'numeric(' || numeric_precision || ',' || numeric_scale || ')' "
        + "ELSE data_type END FROM information_schema.columns "
        + "WHERE lower(table_schema) = lower($1) AND lower(table_name) = lower($2) ORDER BY ordinal_position";

    public static (RelationName Name, string Type)? Find(StatementRunner database, RelationName name) =>
        Found(database.Query(FindSql, name.Schema, name.Name));

    /// <summary>The same for the very relation that is being built.</summary>
    public static (RelationName Name, string Type)? FindOwn(StatementRunner database, RelationName name) =>
        Found(database.Ask(FindSql, name.Schema, name.Name));

    public static IEnumerable<(string Name, string Type)> Columns(StatementRunner database, RelationName name) =>
        Pairs(database.Query(ColumnsSql, name.Schema, name.Name));

    public static (RelationName Name, string Type)? Found(ResultTable table) =>
        table.RowCount == 0
            ? null
            : (new RelationName((string)table.Value(0, 0)!, (string)table.Value(0, 1)!), (string)table.Value(0, 2)!);

    public static IEnumerable<(string Name, string Type)> Pairs(ResultTable table)
    {
        for (var row = 0L; row < table.RowCount; row++)
        {
            yield return ((string)table.Value(row, 0)!, (string)table.Value(row, 1)!);
        }
    }
}
