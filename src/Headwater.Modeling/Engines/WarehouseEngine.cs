using System.Security.Cryptography;
using System.Text;
using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Engines;

/// <summary>
/// How an engine spells what a build runs around the SQL of models: making, changing and finding relations. One class an engine;
/// immutable. What both spell alike stands here.
/// </summary>
internal abstract class WarehouseEngine(SqlDialect dialect)
{
    public SqlDialect Dialect { get; } = dialect;

    /// <summary>A type's kind, as far as contracts tell types apart: of several names that hold the same values one stands for all.</summary>
    /// <param name="type">In upper case, without length and precision.</param>
    public virtual string ContractType(string type) => type;

    /// <summary>True if a failed statement can be taken back alone, within its transaction.</summary>
    public abstract bool HasSavepoints { get; }

    /// <summary>True if readers wait for a transaction that replaces a relation, so that relations are made under other names first.</summary>
    public abstract bool StagesRelations { get; }

    /// <summary>True if making a table from a query tells how many rows it got.</summary>
    public abstract bool CountsRowsMade { get; }

    /// <summary>The longest identifier, in bytes of UTF-8; longer ones are cut by the engine.</summary>
    public virtual int MaxIdentifier => int.MaxValue;

    public abstract IReadOnlyList<string> IncrementalStrategies { get; }

    /// <summary>What models may be built as, besides what every engine has.</summary>
    public virtual bool HasMaterializedViews => false;

    /// <exception cref="NotSupportedException">No build for this dialect.</exception>
    public static WarehouseEngine Of(SqlDialect dialect) =>
        dialect.Name switch
        {
            "duckdb" => DuckDbEngine.Instance,
            "postgres" => new PostgresEngine(dialect),
            _ => throw new NotSupportedException($"There are no builds for {dialect.Name} yet."),
        };

    public string Quote(string identifier) => Dialect.Quote(identifier);

    public string Quote(RelationName name) =>
        name.Schema.Length == 0 ? Quote(name.Name) : $"{Quote(name.Schema)}.{Quote(name.Name)}";

    public string Columns(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    /// <summary>An identifier that fits: cut, with a hash of the whole at its end.</summary>
    public string Fit(string identifier)
    {
        if (Encoding.UTF8.GetByteCount(identifier) <= MaxIdentifier)
        {
            return identifier;
        }

        var mark = "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identifier)))[..12];
        var kept = identifier.Length;
        while (Encoding.UTF8.GetByteCount(identifier.AsSpan(0, kept)) + mark.Length > MaxIdentifier)
        {
            kept--;
        }

        return identifier[..kept] + mark;
    }

    /// <summary>A query of all relations in schemas: schema, name, kind (<c>table</c>, <c>view</c>, <c>materialized view</c>), rows, whether indexed.</summary>
    public abstract string FindRelations(IEnumerable<string> schemas);

    /// <summary>A query of one relation, <c>$1</c> its schema and <c>$2</c> its name, whatever their case: the columns of <see cref="FindRelations"/>.</summary>
    public abstract string FindRelation { get; }

    /// <summary>A query of the columns of a relation, in order: name, type.</summary>
    /// <param name="quoted">Its quoted name; a temporary table's is without schema.</param>
    public abstract string FindColumns(string quoted);

    /// <summary>
    /// A query of what is said in the database of the relations in schemas: schema, relation, column or NULL for the relation itself,
    /// comment or NULL, owner of the relation or NULL where the engine knows none.
    /// </summary>
    public abstract string FindComments(IEnumerable<string> schemas);

    /// <summary>How to learn the columns of a query without running it.</summary>
    public abstract QueryDescription Describe(string query);

    public virtual string CreateSchema(string schema) => $"CREATE SCHEMA IF NOT EXISTS {Quote(schema)}";

    public virtual string CreateTable(string quoted, string query, TableOptions options) =>
        $"CREATE TABLE {quoted} AS (\n{query}\n){(options.Empty ? " WITH NO DATA" : "")}";

    public virtual string CreateTable(string quoted, IEnumerable<string> definitions, TableOptions options) =>
        $"CREATE TABLE {quoted} (\n  {string.Join(",\n  ", definitions)}\n)";

    public virtual string CreateView(string quoted, string query) => $"CREATE VIEW {quoted} AS (\n{query}\n)";

    public virtual string CreateTemporary(string quoted, string query) =>
        $"CREATE TEMPORARY TABLE {quoted} AS (\n{query}\n)";

    /// <summary>A temporary table with columns of text.</summary>
    public string CreateTemporaryTexts(string name, IEnumerable<string> columns) =>
        $"CREATE TEMPORARY TABLE {Quote(name)} ({string.Join(", ", columns.Select(column => Quote(column) + " text"))})";

    /// <summary>A temporary relation, told apart from a published one of the same name.</summary>
    public abstract string QuoteTemporary(string name);

    public virtual string CopyTable(string from, string to) => $"CREATE TABLE {to} AS SELECT * FROM {from}";

    public static string Drop(RelationKind kind, string quoted) => $"DROP {Word(kind)} {quoted}";

    public string Rename(RelationKind kind, string quoted, string name) =>
        $"ALTER {Word(kind)} {quoted} RENAME TO {Quote(name)}";

    public string AddColumn(string quoted, string column, string type) =>
        $"ALTER TABLE {quoted} ADD COLUMN {Quote(column)} {type}";

    public string DropColumn(string quoted, string column) => $"ALTER TABLE {quoted} DROP COLUMN {Quote(column)}";

    public string ChangeType(string quoted, string column, string type) =>
        $"ALTER TABLE {quoted} ALTER COLUMN {Quote(column)} TYPE {type} USING CAST({Quote(column)} AS {type})";

    public string Insert(string quoted, IEnumerable<string> columns, string query)
    {
        var list = Columns(columns);
        return $"INSERT INTO {quoted} ({list})\n(\n{query}\n)";
    }

    /// <summary>The indexes that a config asks for.</summary>
    public abstract IEnumerable<string> CreateIndexes(
        RelationName relation,
        string quoted,
        IReadOnlyList<IndexConfig> indexes
    );

    public string Comment(RelationKind kind, string quoted, string text) =>
        $"COMMENT ON {Word(kind)} {quoted} IS {Dialect.Literal(text)}";

    public string CommentColumn(string quoted, string column, string text) =>
        $"COMMENT ON COLUMN {quoted}.{Quote(column)} IS {Dialect.Literal(text)}";

    /// <summary>Types as the engine reports them, so that two spellings of one type compare equal: <c>int4</c> is <c>integer</c>.</summary>
    public abstract string DescribeTypes(IEnumerable<string> types);

    public static RelationKind KindOf(string word) =>
        word switch
        {
            "view" => RelationKind.View,
            "materialized view" or "materialized_view" => RelationKind.MaterializedView,
            _ => RelationKind.Table,
        };

    /// <summary>dbt's word for a relation's type.</summary>
    public static string TypeOf(RelationKind kind) =>
        kind switch
        {
            RelationKind.View => "view",
            RelationKind.MaterializedView => "materialized_view",
            _ => "table",
        };

    public static string Word(RelationKind kind) =>
        kind switch
        {
            RelationKind.View => "VIEW",
            RelationKind.MaterializedView => "MATERIALIZED VIEW",
            _ => "TABLE",
        };
}

/// <summary>How a table is made.</summary>
/// <param name="Empty">Its columns alone.</param>
/// <param name="Unlogged">Not written ahead: lost in a crash, quicker to fill. PostgreSQL alone.</param>
internal sealed record TableOptions(bool Empty = false, bool Unlogged = false);

/// <summary>One entry of the config <c>indexes</c>.</summary>
/// <param name="Method">Such as <c>btree</c>; null is the engine's own.</param>
internal sealed record IndexConfig(IReadOnlyList<string> Columns, bool IsUnique, string? Method);

/// <summary>Statements that tell the columns of a query: name, type.</summary>
/// <param name="Before">What to run before; empty for nothing.</param>
/// <param name="Columns">The query of the columns.</param>
/// <param name="After">What to run after.</param>
internal sealed record QueryDescription(string Before, string Columns, string After);
