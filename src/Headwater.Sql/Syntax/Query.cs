namespace Headwater.Sql.Syntax;

/// <summary>A whole query: its CTEs, its body, its order and its bounds.</summary>
public sealed record Query(With? With, QueryBody Body, NodeList<OrderItem> OrderBy, RowBounds? Bounds) : SqlNode
{
    /// <summary>DuckDB's <c>ORDER BY ALL</c>: its direction and nulls as one item over a star, in <see cref="OrderBy"/>; PostgreSQL's locks (<c>FOR UPDATE</c>) in upper case, else empty.</summary>
    public string Locking { get; init; } = "";

    public override IEnumerable<SqlNode?> ChildNodes() => [With, Body, .. OrderBy, Bounds];
}

/// <summary>LIMIT, OFFSET and FETCH.</summary>
/// <param name="Percent">DuckDB's <c>LIMIT 10%</c>.</param>
/// <param name="WithTies">PostgreSQL's <c>FETCH FIRST n ROWS WITH TIES</c>.</param>
public sealed record RowBounds(SqlExpression? Limit, SqlExpression? Offset, bool Percent, bool WithTies) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Limit, Offset];
}

/// <summary><c>WITH [RECURSIVE] …</c>.</summary>
public sealed record With(bool Recursive, NodeList<CommonTable> Tables) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => Tables;
}

/// <summary>A CTE.</summary>
/// <param name="Materialized">Whether that is asked for, or refused; null when the engine decides.</param>
/// <param name="UsingKey">DuckDB's <c>USING KEY (…)</c>.</param>
public sealed record CommonTable(
    Identifier Name,
    NodeList<Identifier> Columns,
    bool? Materialized,
    NodeList<Identifier> UsingKey,
    Query Query
) : SqlNode
{
    /// <summary>PostgreSQL's <c>SEARCH …</c>.</summary>
    public SearchClause? Search { get; init; }

    /// <summary>PostgreSQL's <c>CYCLE …</c>.</summary>
    public CycleClause? Cycle { get; init; }

    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}

/// <summary><c>SEARCH DEPTH FIRST BY a, b SET c</c>: a column to order a recursion's rows by.</summary>
public sealed record SearchClause(bool BreadthFirst, NodeList<Identifier> By, Identifier Column) : SqlNode;

/// <summary><c>CYCLE a, b SET mark TO x DEFAULT y USING path</c>: columns that tell where a recursion comes back to itself.</summary>
public sealed record CycleClause(
    NodeList<Identifier> Columns,
    Identifier Mark,
    SqlExpression? Value,
    SqlExpression? Default,
    Identifier Path
) : SqlNode;
