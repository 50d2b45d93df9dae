namespace Headwater.Sql.Syntax;

/// <summary>A table, view or CTE by name.</summary>
/// <param name="Only">PostgreSQL's <c>ONLY</c>.</param>
public sealed record TableReference(QualifiedName Name, bool Only) : TableExpression;

/// <summary>A query, or values, in FROM.</summary>
public sealed record DerivedTable(Query Query, bool Lateral) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Query];
}

/// <summary>A function in FROM. Functions see the tables before them.</summary>
public sealed record TableFunction(FunctionCall Call, bool Lateral, bool WithOrdinality) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Call];
}

/// <summary>A join in parentheses, with an alias or a sample of its own.</summary>
public sealed record NestedJoin(TableExpression Table) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Table];
}

/// <summary>PostgreSQL's <c>ROWS FROM (f(1), g(2))</c>: functions side by side, row by row.</summary>
public sealed record RowsFrom(NodeList<TableFunction> Functions, bool Lateral, bool WithOrdinality) : TableExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [.. Functions];
}
