namespace Headwater.Sql.Syntax;

/// <summary>DuckDB's <c>t PIVOT (sum(x) FOR y IN (1, 2) GROUP BY z)</c>.</summary>
public sealed record Pivot(
    TableExpression Source,
    NodeList<SelectItem> Aggregates,
    NodeList<PivotColumn> Columns,
    NodeList<Identifier> GroupBy
) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Source, .. Aggregates, .. Columns];
}

/// <summary>What becomes columns: an expression and its values, or the enumeration that has them; neither where the rows say which there are.</summary>
public sealed record PivotColumn(SqlExpression Header, NodeList<SelectItem> Values, Identifier? Enumeration) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Header, .. Values];
}

/// <summary>DuckDB's <c>t UNPIVOT (x FOR y IN (a, b))</c>.</summary>
/// <param name="IncludeNulls">Null when not said.</param>
/// <param name="Value">The column, or row of columns, that takes the values.</param>
public sealed record Unpivot(
    TableExpression Source,
    bool? IncludeNulls,
    SqlExpression Value,
    NodeList<PivotColumn> Columns
) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Source, Value, .. Columns];
}

/// <summary>DuckDB's <c>PIVOT t ON y USING sum(x) GROUP BY z</c>.</summary>
/// <param name="GroupBy">Without it, all columns that are not named otherwise.</param>
public sealed record PivotQuery(
    TableExpression Source,
    NodeList<PivotColumn> On,
    NodeList<SelectItem> Aggregates,
    NodeList<Identifier> GroupBy
) : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Source, .. On, .. Aggregates];
}

/// <summary>DuckDB's <c>UNPIVOT t ON a, b INTO NAME n VALUE v</c>.</summary>
/// <param name="Name">The column that takes the names; null for the engine's own.</param>
/// <param name="Values">The columns that take the values; none for the engine's own.</param>
public sealed record UnpivotQuery(
    TableExpression Source,
    NodeList<SelectItem> On,
    Identifier? Name,
    NodeList<Identifier> Values
) : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Source, .. On];
}
