namespace Headwater.Sql.Syntax;

/// <summary>A call of a function, aggregate or window function.</summary>
public sealed record FunctionCall(QualifiedName Name, NodeList<Argument> Arguments) : SqlExpression
{
    /// <summary><c>f(DISTINCT x)</c>.</summary>
    public bool Distinct { get; init; }

    /// <summary>The order in which an aggregate takes its rows.</summary>
    public NodeList<OrderItem> OrderBy { get; init; } = [];

    /// <summary><c>WITHIN GROUP (ORDER BY …)</c>.</summary>
    public NodeList<OrderItem> WithinGroup { get; init; } = [];

    /// <summary><c>FILTER (WHERE …)</c>.</summary>
    public SqlExpression? Filter { get; init; }

    /// <summary><c>IGNORE</c> or <c>RESPECT</c> before <c>NULLS</c>, else empty.</summary>
    public string Nulls { get; init; } = "";

    /// <summary><c>OVER …</c>.</summary>
    public WindowSpecification? Over { get; init; }

    public override IEnumerable<SqlNode?> ChildNodes() => [.. Arguments, .. OrderBy, .. WithinGroup, Filter, Over];
}

/// <summary>An argument, named or not.</summary>
/// <param name="Arrow">How a name is bound: <c>=&gt;</c> or <c>:=</c>; empty without a name.</param>
public sealed record Argument(Identifier? Name, string Arrow, SqlExpression Value) : SqlNode
{
    /// <summary>PostgreSQL's <c>VARIADIC</c>.</summary>
    public bool Variadic { get; init; }

    public override IEnumerable<SqlNode?> ChildNodes() => [Value];
}
