namespace Headwater.Sql.Syntax;

/// <summary><c>CASE [operand] WHEN … THEN … ELSE … END</c>.</summary>
public sealed record Case(SqlExpression? Operand, NodeList<When> Whens, SqlExpression? Else) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, .. Whens, Else];
}

/// <summary>One branch of a <see cref="Case"/>.</summary>
public sealed record When(SqlExpression Condition, SqlExpression Result) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Condition, Result];
}
