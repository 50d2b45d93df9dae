namespace Headwater.Sql.Syntax;

/// <summary>A query in parentheses whose one value, or rows, are used.</summary>
public sealed record Subquery(Query Query) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}

/// <summary><c>EXISTS (SELECT …)</c>.</summary>
public sealed record Exists(Query Query) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}

/// <summary><c>ARRAY(SELECT …)</c>.</summary>
public sealed record ArrayQuery(Query Query) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}
