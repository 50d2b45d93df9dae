namespace Headwater.Sql.Syntax;

/// <summary><c>x [NOT] IN (a, b)</c>; in DuckDB also <c>x IN list</c>, which is not <see cref="Parenthesized"/>.</summary>
public sealed record InList(SqlExpression Operand, NodeList<SqlExpression> Items, bool Negated, bool Parenthesized)
    : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, .. Items];
}

/// <summary><c>x [NOT] IN (SELECT …)</c>.</summary>
public sealed record InQuery(SqlExpression Operand, Query Query, bool Negated) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Query];
}

/// <summary><c>x = ANY (…)</c> over a query or an array.</summary>
/// <param name="Quantifier"><c>ANY</c> or <c>ALL</c>.</param>
public sealed record Quantified(SqlExpression Operand, string Operator, string Quantifier, SqlExpression Over)
    : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Over];
}
