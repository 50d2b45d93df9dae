using Headwater.Sql.Dialects;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// How one engine keeps raw tables. Types of columns go by the names of the engine that reads the files (<see cref="Types.ColumnTypes"/>), whichever engine
/// keeps the table.
/// </summary>
internal abstract class RawDialect(SqlDialect sql)
{
    public SqlDialect Sql { get; } = sql;

    /// <summary>Query for names and types of a table's columns in their order; <c>$1</c> is its schema, <c>$2</c> its name.</summary>
    public abstract string ColumnsQuery { get; }

    /// <summary>Whether a text can hold the character NUL.</summary>
    public abstract bool KeepsNul { get; }

    /// <summary>Statements that take and release a lock by the name <c>$1</c>; null where only one process opens the warehouse.</summary>
    public abstract (string Take, string Release)? Lock { get; }

    /// <summary>
    /// Query for the views that stand on the table <c>$1</c>, those that others stand on first: the name, and a script that makes it again, null where that cannot be
    /// done. Null where views are no hindrance.
    /// </summary>
    public abstract string? ViewsQuery { get; }

    public static RawDialect Of(SqlDialect sql) =>
        sql == PostgresDialect.Instance ? new PostgresRawDialect() : new DuckDbRawDialect(sql);

    /// <summary>What a file's column is called in the table.</summary>
    public abstract string NameOf(string column);

    /// <summary>A type as this engine's SQL spells it.</summary>
    public abstract string Spell(string type);

    /// <summary>The type that a column has, as <see cref="ColumnsQuery"/> gives it.</summary>
    public abstract string Understand(string spelled);

    /// <summary>SQL that makes a table anew, empty.</summary>
    public abstract string Create(string table, string definitions);

    /// <summary>SQL that empties a table whose columns stay as they are.</summary>
    public abstract string Empty(string table, string definitions);

    /// <summary>The part of <c>ALTER TABLE</c> that gives a column another type.</summary>
    public abstract string Retype(string column, string type);
}
