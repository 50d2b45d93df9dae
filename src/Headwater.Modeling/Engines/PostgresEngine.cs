using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Engines;

/// <summary>
/// PostgreSQL 15 and newer: savepoints, but a reader waits for a transaction that renames or drops what it reads.
/// </summary>
internal sealed class PostgresEngine(SqlDialect dialect) : WarehouseEngine(dialect)
{
    private const string Relations = """
        SELECT n.nspname::text, c.relname::text,
          CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END,
          CASE WHEN c.relkind = 'v' THEN -1 ELSE c.reltuples::bigint END, c.relhasindex
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND
        """;

    public override bool HasSavepoints => true;

    public override bool StagesRelations => true;

    public override bool CountsRowsMade => true;

    public override int MaxIdentifier => 63;

    public override bool HasMaterializedViews => true;

    public override IReadOnlyList<string> IncrementalStrategies => ["append", "delete+insert", "merge", "microbatch"];

    public override string FindRelation =>
        Relations + " lower(n.nspname::text) = lower($1) AND lower(c.relname::text) = lower($2)";

    public override string FindRelations(IEnumerable<string> schemas) =>
        $"{Relations} n.nspname IN ({string.Join(", ", schemas.Select(Dialect.Literal))})";

    public override string FindColumns(string quoted) =>
        $"""
            SELECT attname::text, pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute
            WHERE attrelid = {Dialect.Literal(quoted)}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """;

    public override string FindComments(IEnumerable<string> schemas)
    {
        var condition = $"n.nspname IN ({string.Join(", ", schemas.Select(Dialect.Literal))})";
        return $"""
            SELECT n.nspname::text, c.relname::text, a.attname::text, d.description, pg_catalog.pg_get_userbyid(c.relowner)::text
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_description AS d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass
            LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {condition}
            """;
    }

    public override string CreateTable(string quoted, string query, TableOptions options) =>
        Unlogged(base.CreateTable(quoted, query, options), options);

    public override string CreateTable(string quoted, IEnumerable<string> definitions, TableOptions options) =>
        Unlogged(base.CreateTable(quoted, definitions, options), options);

    /// <summary>A materialized view, filled.</summary>
    public static string CreateMaterializedView(string quoted, string query) =>
        $"CREATE MATERIALIZED VIEW {quoted} AS (\n{query}\n)";

    // What hangs on the columns comes along; rights are copied when the table is published.
    public override string CopyTable(string from, string to) =>
        $"CREATE TABLE {to} (LIKE {from} INCLUDING ALL); INSERT INTO {to} SELECT * FROM {from}";

    /// <summary>A query of the rights that others than its owner have on a relation: right in lower case, role.</summary>
    public string FindRights(string quoted) =>
        $"""
            SELECT lower(a.privilege_type), CASE WHEN a.grantee = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END
            FROM pg_catalog.pg_class AS c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS a
            WHERE c.oid = {Dialect.Literal(quoted)}::regclass AND a.grantee <> c.relowner
            """;

    public string Move(RelationKind kind, string quoted, string schema) =>
        $"ALTER {Word(kind)} {quoted} SET SCHEMA {Quote(schema)}";

    public override QueryDescription Describe(string query)
    {
        const string Name = "pg_temp.__hw_described";
        return new QueryDescription(
            $"CREATE TEMPORARY TABLE __hw_described AS (\n{query}\n) WITH NO DATA",
            FindColumns(Name),
            $"DROP TABLE {Name}"
        );
    }

    public override string QuoteTemporary(string name) => $"pg_temp.{Quote(name)}";

    // The table of the last build has the same names: it is in another schema before this one comes into its place.
    public override IEnumerable<string> CreateIndexes(
        RelationName relation,
        string quoted,
        IReadOnlyList<IndexConfig> indexes
    ) =>
        indexes.Select(index =>
        {
            var key = $"{relation}|{string.Join('|', index.Columns)}|{index.IsUnique}|{index.Method}";
            var name = "hw_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..28];
            var method = index.Method is { Length: > 0 } given ? $" USING {given}" : "";
            return $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {Quote(name)} ON {quoted}{method} ({Columns(index.Columns)})";
        });

    // What the driver that dbt uses reads as one type.
    public override string ContractType(string type) =>
        type is "CHARACTER VARYING" or "CHARACTER" or "NAME" ? "TEXT" : type;

    public override string DescribeTypes(IEnumerable<string> types) =>
        "SELECT pg_catalog.format_type(t::regtype, NULL) FROM (VALUES "
        + string.Join(", ", types.Select((type, index) => $"({index}, {Dialect.Literal(type)})"))
        + ") AS v(n, t) ORDER BY n";

    private static string Unlogged(string statement, TableOptions options) =>
        options.Unlogged ? "CREATE UNLOGGED" + statement["CREATE".Length..] : statement;
}
