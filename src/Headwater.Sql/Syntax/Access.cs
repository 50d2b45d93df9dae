namespace Headwater.Sql.Syntax;

/// <summary><c>x[i]</c>.</summary>
public sealed record Subscript(SqlExpression Operand, SqlExpression Index) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Index];
}

/// <summary><c>x[from:to:step]</c>; every bound may be missing.</summary>
public sealed record Slice(SqlExpression Operand, SqlExpression? From, SqlExpression? To, SqlExpression? Step)
    : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, From, To, Step];
}

/// <summary>A field of a composite value, <c>(x).f</c>; the name is <c>*</c> for all.</summary>
public sealed record FieldAccess(SqlExpression Operand, Identifier Field) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand];
}

/// <summary>DuckDB's chained call <c>x.f(y)</c>: the operand is the first argument.</summary>
public sealed record MethodCall(SqlExpression Operand, FunctionCall Call) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Call];
}
