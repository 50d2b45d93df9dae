namespace Headwater.Sql.Syntax;

/// <summary>A key of an order.</summary>
/// <param name="Direction"><c>ASC</c>, <c>DESC</c>, <c>USING op</c> or empty.</param>
/// <param name="Nulls"><c>FIRST</c>, <c>LAST</c> or empty.</param>
public sealed record OrderItem(SqlExpression Key, string Direction, string Nulls) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Key];
}
