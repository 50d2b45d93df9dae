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

/// <summary>What becomes columns: an expression and its values, or the enumeration that has them.</summary>
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
