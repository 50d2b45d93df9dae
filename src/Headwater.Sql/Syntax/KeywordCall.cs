namespace Headwater.Sql.Syntax;

/// <summary>
/// A function whose arguments are parted by keywords: <c>SUBSTRING(x FROM 1 FOR 2)</c>, <c>POSITION(a IN b)</c>, <c>OVERLAY</c>, <c>TRIM(BOTH a FROM b)</c>.
/// </summary>
/// <param name="Name">The function, in lower case.</param>
public sealed record KeywordCall(string Name, NodeList<KeywordArgument> Arguments) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [.. Arguments];
}

/// <summary>Keywords in upper case, and what follows them; either may be missing.</summary>
public sealed record KeywordArgument(string Keyword, SqlExpression? Value) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Value];
}

/// <summary><c>EXTRACT(field FROM x)</c>; the field is in lower case.</summary>
public sealed record Extract(string Field, SqlExpression Operand) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand];
}
