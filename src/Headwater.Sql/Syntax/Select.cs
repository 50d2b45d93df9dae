namespace Headwater.Sql.Syntax;

/// <summary>A SELECT. DuckDB's FROM-first form without a list has a single star.</summary>
public sealed record Select(NodeList<SelectItem> Items, NodeList<TableExpression> From) : QueryBody
{
    public bool Distinct { get; init; }

    /// <summary><c>DISTINCT ON (…)</c>.</summary>
    public NodeList<SqlExpression> DistinctOn { get; init; } = [];

    public SqlExpression? Where { get; init; }

    public GroupBy? GroupBy { get; init; }

    public SqlExpression? Having { get; init; }

    public NodeList<NamedWindow> Windows { get; init; } = [];

    public SqlExpression? Qualify { get; init; }

    /// <summary>DuckDB's <c>USING SAMPLE</c>.</summary>
    public Sample? Sample { get; init; }

    public override IEnumerable<SqlNode?> ChildNodes() =>
        [.. DistinctOn, .. Items, .. From, Where, GroupBy, Having, .. Windows, Qualify];
}

/// <summary>An output column, or a star.</summary>
public sealed record SelectItem(SqlExpression Value, Identifier? Alias) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Value];
}

/// <summary>GROUP BY.</summary>
/// <param name="All">DuckDB's <c>GROUP BY ALL</c>.</param>
/// <param name="Distinct">PostgreSQL's <c>GROUP BY DISTINCT</c>.</param>
public sealed record GroupBy(NodeList<GroupingElement> Elements, bool All, bool Distinct) : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => Elements;
}

/// <summary>One element of GROUP BY.</summary>
/// <param name="Kind">Empty for plain expressions, else <c>ROLLUP</c>, <c>CUBE</c> or <c>GROUPING SETS</c>.</param>
/// <param name="Expressions">A plain element has one; the empty set none.</param>
/// <param name="Sets">The members of <c>GROUPING SETS</c>.</param>
public sealed record GroupingElement(string Kind, NodeList<SqlExpression> Expressions, NodeList<GroupingElement> Sets)
    : SqlNode
{
    public override IEnumerable<SqlNode?> ChildNodes() => [.. Expressions, .. Sets];
}
