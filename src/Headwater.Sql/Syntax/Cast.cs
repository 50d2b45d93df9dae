namespace Headwater.Sql.Syntax;

/// <summary><c>CAST(x AS type)</c>, which <c>x::type</c> means too, and <c>TRY_CAST</c>.</summary>
public sealed record Cast(SqlExpression Operand, TypeName Type, bool Try) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Operand, Type];
}
