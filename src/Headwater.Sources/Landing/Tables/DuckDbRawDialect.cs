using Headwater.Sql.Dialects;

namespace Headwater.Sources.Landing.Tables;

/// <summary>Raw tables in DuckDB, which reads the files itself: everything is called as it calls it.</summary>
internal sealed class DuckDbRawDialect(SqlDialect sql) : RawDialect(sql)
{
    public override string ColumnsQuery =>
        """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_catalog = current_database() AND table_schema = $1 AND table_name = $2 ORDER BY ordinal_position
            """;

    public override bool KeepsNul => true;

    public override (string Take, string Release)? Lock => null;

    public override string? ViewsQuery => null;

    public override string NameOf(string column) => column;

    public override string Spell(string type) => type;

    public override string Understand(string spelled) => spelled;

    public override string Create(string table, string definitions) =>
        $"CREATE OR REPLACE TABLE {table} ({definitions})";

    // Deleting would do, but the engine allows no change of columns after it in one transaction.
    public override string Empty(string table, string definitions) => Create(table, definitions);

    public override string Retype(string column, string type) => $"ALTER COLUMN {column} TYPE {type}";
}
