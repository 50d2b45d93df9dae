namespace Headwater.Sql.Syntax;

/// <summary>A window: a name alone (<c>OVER w</c>), or a definition in parentheses, which may build on a named one.</summary>
public sealed record WindowSpecification(
    Identifier? Base,
    NodeList<SqlExpression> PartitionBy,
    NodeList<OrderItem> OrderBy,
    WindowFrame? Frame,
    bool Parenthesized
) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [.. PartitionBy, .. OrderBy, Frame];
}

/// <summary><c>ROWS BETWEEN … AND … EXCLUDE …</c>.</summary>
/// <param name="Unit"><c>ROWS</c>, <c>RANGE</c> or <c>GROUPS</c>.</param>
/// <param name="End">Null without <c>BETWEEN</c>.</param>
/// <param name="Exclude"><c>CURRENT ROW</c>, <c>GROUP</c>, <c>TIES</c>, <c>NO OTHERS</c> or empty.</param>
public sealed record WindowFrame(string Unit, FrameBound Start, FrameBound? End, string Exclude) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Start, End];
}

/// <summary>An end of a frame.</summary>
/// <param name="Kind"><c>PRECEDING</c>, <c>FOLLOWING</c> or <c>CURRENT ROW</c>.</param>
/// <param name="Offset">Null when unbounded, and for the current row.</param>
public sealed record FrameBound(string Kind, SqlExpression? Offset) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Offset];
}

/// <summary>An entry of the WINDOW clause.</summary>
public sealed record NamedWindow(Identifier Name, WindowSpecification Window) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Window];
}
