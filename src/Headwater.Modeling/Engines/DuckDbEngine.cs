using System.Text;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Engines;

/// <summary>
/// DuckDB: readers never wait for a transaction, also not for one that replaces tables; a failed statement ends its transaction.
/// </summary>
internal sealed class DuckDbEngine : WarehouseEngine
{
    private static readonly CompositeFormat Relations = CompositeFormat.Parse(
        """
        SELECT schema_name, table_name, 'table', estimated_size, index_count > 0
        FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary AND {0}
        UNION ALL
        SELECT schema_name, view_name, 'view', -1, false
        FROM duckdb_views() WHERE database_name = current_database() AND NOT internal AND {1}
        """
    );

    private DuckDbEngine()
        : base(DuckDbDialect.Instance) { }

    public static DuckDbEngine Instance { get; } = new();

    public override bool HasSavepoints => false;

    public override bool StagesRelations => false;

    public override bool CountsRowsMade => false;

    public override IReadOnlyList<string> IncrementalStrategies => ["append", "delete+insert", "merge", "microbatch"];

    public override string FindRelation { get; } =
        Filled(
            "lower(schema_name) = lower($1) AND lower(table_name) = lower($2)",
            "lower(schema_name) = lower($1) AND lower(view_name) = lower($2)"
        );

    public override string FindRelations(IEnumerable<string> schemas)
    {
        var condition = $"lower(schema_name) IN ({string.Join(", ", schemas.Select(Lowered))})";
        return Filled(condition, condition);
    }

    public override string FindColumns(string quoted) => $"SELECT column_name, column_type FROM (DESCRIBE {quoted})";

    public override string FindComments(IEnumerable<string> schemas)
    {
        var condition =
            $"database_name = current_database() AND lower(schema_name) IN ({string.Join(", ", schemas.Select(Lowered))})";
        return $"""
            SELECT schema_name, table_name, NULL::varchar, comment, NULL::varchar FROM duckdb_tables() WHERE {condition} AND comment IS NOT NULL
            UNION ALL
            SELECT schema_name, view_name, NULL, comment, NULL FROM duckdb_views() WHERE {condition} AND comment IS NOT NULL
            UNION ALL
            SELECT schema_name, table_name, column_name, comment, NULL FROM duckdb_columns() WHERE {condition} AND comment IS NOT NULL
            """;
    }

    public override QueryDescription Describe(string query) =>
        new("", $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM (\n{query}\n) AS described)", "");

    public override string QuoteTemporary(string name) => $"temp.{Quote(name)}";

    public override IEnumerable<string> CreateIndexes(
        RelationName relation,
        string quoted,
        IReadOnlyList<IndexConfig> indexes
    ) =>
        indexes.Select(index =>
        {
            var name = Quote($"{relation.Name}__{string.Join('_', index.Columns)}");
            return $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {name} ON {quoted} ({Columns(index.Columns)})";
        });

    public override string DescribeTypes(IEnumerable<string> types) =>
        $"SELECT column_type FROM (DESCRIBE SELECT {string.Join(", ", types.Select((type, index) => $"CAST(NULL AS {type}) AS c{index}"))})";

    private string Lowered(string text) => Dialect.Literal(text.ToLowerInvariant());

    private static string Filled(string tables, string views) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Relations, tables, views);
}
