namespace Headwater.Sql.Syntax;

/// <summary>An operator before its operand: <c>-</c>, <c>+</c>, <c>~</c>, <c>NOT</c> …</summary>
public sealed record Unary(string Operator, SqlExpression Operand) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand];
}

/// <summary>
/// An operator between its operands, in upper case when a word: <c>AND</c>, <c>IS DISTINCT FROM</c>, <c>AT TIME ZONE</c>, <c>OPERATOR(s.+)</c>.
/// </summary>
public sealed record Binary(SqlExpression Left, string Operator, SqlExpression Right) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Left, Right];
}

/// <summary>A test behind its operand: <c>IS NULL</c>, <c>IS NOT TRUE</c>, <c>IS JSON</c> …; the words are in upper case.</summary>
public sealed record IsTest(SqlExpression Operand, string Test) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand];
}

/// <summary>A match against a pattern.</summary>
/// <param name="Operator"><c>LIKE</c>, <c>ILIKE</c>, <c>SIMILAR TO</c> or <c>GLOB</c>.</param>
public sealed record PatternMatch(
    SqlExpression Operand,
    string Operator,
    SqlExpression Pattern,
    SqlExpression? Escape,
    bool Negated
) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Pattern, Escape];
}

/// <summary><c>x [NOT] BETWEEN [SYMMETRIC] low AND high</c>.</summary>
public sealed record Between(SqlExpression Operand, SqlExpression Low, SqlExpression High, bool Symmetric, bool Negated)
    : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Low, High];
}

/// <summary><c>x COLLATE name</c>.</summary>
public sealed record Collate(SqlExpression Operand, QualifiedName Collation) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand];
}
