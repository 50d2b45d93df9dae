namespace Headwater.Sql.Syntax;

/// <summary><c>ARRAY[…]</c>, or DuckDB's list <c>[…]</c>.</summary>
public sealed record ArrayLiteral(NodeList<SqlExpression> Items, bool Keyword) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => Items;
}

/// <summary>DuckDB's <c>{'a': 1}</c>.</summary>
public sealed record StructLiteral(NodeList<StructField> Fields) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => Fields;
}

/// <summary>A member of a <see cref="StructLiteral"/>.</summary>
public sealed record StructField(Identifier Name, SqlExpression Value) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Value];
}

/// <summary>DuckDB's <c>MAP {k: v}</c>.</summary>
public sealed record MapLiteral(NodeList<MapEntry> Entries) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => Entries;
}

/// <summary>An entry of a <see cref="MapLiteral"/>.</summary>
public sealed record MapEntry(SqlExpression Key, SqlExpression Value) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Key, Value];
}

/// <summary>A row: <c>(a, b)</c> or <c>ROW(a)</c>.</summary>
public sealed record RowValue(NodeList<SqlExpression> Items, bool Keyword) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => Items;
}

/// <summary>DuckDB's <c>lambda x, y: x + y</c>; <c>x -&gt; x + 1</c> is a <see cref="Binary"/>, as only binding tells it from JSON.</summary>
public sealed record Lambda(NodeList<Identifier> Parameters, SqlExpression Body) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Body];
}

/// <summary>DuckDB's <c>[x + 1 FOR x IN list IF x &gt; 0]</c>.</summary>
public sealed record ListComprehension(
    SqlExpression Result,
    NodeList<Identifier> Variables,
    SqlExpression Source,
    SqlExpression? Condition
) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Result, Source, Condition];
}
