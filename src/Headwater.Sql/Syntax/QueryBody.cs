namespace Headwater.Sql.Syntax;

/// <summary>What gives the rows of a query.</summary>
public abstract record QueryBody : SqlNode;

/// <summary>A query in parentheses, as an operand of a set operation or alone.</summary>
public sealed record NestedQuery(Query Query) : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}

/// <summary>Rows written out: <c>VALUES (1, 2), (3, 4)</c>.</summary>
public sealed record Values(NodeList<RowValue> Rows) : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => Rows;
}

/// <summary>PostgreSQL's <c>TABLE name</c>.</summary>
public sealed record TableBody(TableReference Table) : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Table];
}

/// <summary>Which set operation.</summary>
public enum SetOperator
{
    Union,
    Intersect,
    Except,
}

/// <summary><c>left UNION [ALL] [BY NAME] right</c>.</summary>
public sealed record SetOperation(QueryBody Left, SetOperator Operator, bool All, bool ByName, QueryBody Right)
    : QueryBody
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Left, Right];
}
