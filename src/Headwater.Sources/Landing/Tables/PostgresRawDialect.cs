using Headwater.Sql.Dialects;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// Raw tables in PostgreSQL. Columns have lower-case names, for models find no others without quotes. What is nested becomes jsonb.
/// </summary>
internal sealed class PostgresRawDialect() : RawDialect(PostgresDialect.Instance)
{
    // Spelled with precision and brackets, as information_schema does not.
    public override string ColumnsQuery =>
        """
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod)
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """;

    public override bool KeepsNul => false;

    public override (string Take, string Release)? Lock =>
        ("SELECT pg_advisory_lock(hashtextextended($1, 0))", "SELECT pg_advisory_unlock(hashtextextended($1, 0))");

    // A view depends on a table through its rule; an empty list of grants is the owner's own.
    public override string ViewsQuery =>
        """
            WITH RECURSIVE readers(oid, depth) AS (
                SELECT to_regclass($1)::oid, 0
                UNION
                SELECT r.ev_class, readers.depth + 1
                FROM readers
                JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = readers.oid AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite AS r ON r.oid = d.objid AND r.ev_class <> readers.oid
            ), views AS (
                SELECT c.oid, c.relkind, c.relowner, c.relacl, c.reloptions, format('%I.%I', n.nspname, c.relname) AS name, max(readers.depth) AS depth
                FROM readers JOIN pg_class AS c ON c.oid = readers.oid JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE readers.depth > 0
                GROUP BY c.oid, n.nspname
            )
            SELECT name, CASE WHEN relkind = 'v' THEN
                format('CREATE VIEW %s%s AS %s;', name, ' WITH (' || array_to_string(reloptions, ', ') || ')', rtrim(pg_get_viewdef(oid), ';'))
                || format('ALTER VIEW %s OWNER TO %I;', name, pg_get_userbyid(relowner))
                || coalesce((
                    SELECT string_agg(format('GRANT %s ON %s TO %s%s;', g.privilege_type, name,
                        CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                        CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), '')
                    FROM aclexplode(relacl) AS g WHERE g.grantee <> relowner), '')
                || coalesce((
                    SELECT string_agg(CASE d.objsubid WHEN 0 THEN format('COMMENT ON VIEW %s IS %L;', name, d.description)
                        ELSE format('COMMENT ON COLUMN %s.%I IS %L;', name, a.attname, d.description) END, '')
                    FROM pg_description AS d LEFT JOIN pg_attribute AS a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
                    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = views.oid), '')
                END
            FROM views ORDER BY depth
            """;

    public override string NameOf(string column) => column.ToLowerInvariant();

    public override string Spell(string type) =>
        type switch
        {
            "BOOLEAN" => "boolean",
            "TINYINT" or "UTINYINT" or "SMALLINT" => "smallint",
            "USMALLINT" or "INTEGER" => "integer",
            "UINTEGER" or "BIGINT" => "bigint",
            "UBIGINT" => "numeric(20,0)",
            "HUGEINT" or "UHUGEINT" => "numeric(39,0)",
            "FLOAT" => "real",
            "DOUBLE" => "double precision",
            "BLOB" => "bytea",
            "BIT" => "bit varying",
            "UUID" => "uuid",
            "DATE" => "date",
            "TIME" => "time without time zone",
            "TIME WITH TIME ZONE" => "time with time zone",
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => "timestamp without time zone",
            "TIMESTAMP WITH TIME ZONE" => "timestamp with time zone",
            "INTERVAL" => "interval",
            "VARCHAR" => "text",
            "JSON" => "jsonb",
            _ => SpellCompound(type),
        };

    public override string Understand(string spelled) =>
        spelled switch
        {
            "boolean" => "BOOLEAN",
            "smallint" => "SMALLINT",
            "integer" => "INTEGER",
            "bigint" => "BIGINT",
            "numeric(20,0)" => "UBIGINT",
            "numeric(39,0)" => "HUGEINT",
            "real" => "FLOAT",
            "double precision" or "numeric" => "DOUBLE",
            "bytea" => "BLOB",
            "bit varying" => "BIT",
            "uuid" => "UUID",
            "date" => "DATE",
            "time without time zone" => "TIME",
            "time with time zone" => "TIME WITH TIME ZONE",
            "timestamp without time zone" => "TIMESTAMP",
            "timestamp with time zone" => "TIMESTAMP WITH TIME ZONE",
            "interval" => "INTERVAL",
            "json" or "jsonb" => "JSON",
            _ when spelled.EndsWith("[]", StringComparison.Ordinal) => Understand(spelled[..^2]) + "[]",
            _ when spelled.StartsWith("numeric(", StringComparison.Ordinal) => "DECIMAL" + spelled["numeric".Length..],
            _ => "VARCHAR",
        };

    public override string Create(string table, string definitions) =>
        $"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} ({definitions})";

    // Readers go on with the old rows, and views stand on the table: it can be neither truncated nor replaced.
    public override string Empty(string table, string definitions) => $"DELETE FROM {table}";

    public override string Retype(string column, string type) =>
        $"ALTER COLUMN {column} TYPE {type} USING {column}::{type}";

    private string SpellCompound(string type) =>
        type.StartsWith("DECIMAL(", StringComparison.Ordinal) && type.EndsWith(')')
            ? "numeric" + type["DECIMAL".Length..]
        : type.StartsWith("ENUM(", StringComparison.Ordinal) ? "text"
        : type.EndsWith("[]", StringComparison.Ordinal)
        && Spell(type[..^2]) is var element
        && element != "jsonb"
        && !element.EndsWith(']')
            ? element + "[]"
        : "jsonb";
}
