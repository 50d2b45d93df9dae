namespace Headwater.Sql.Syntax;

/// <summary>Something in FROM.</summary>
public abstract record TableExpression : SqlNode
{
    /// <summary>Its alias, with names for its columns if given.</summary>
    public TableAlias? Alias { get; init; }

    /// <summary><c>TABLESAMPLE …</c>.</summary>
    public Sample? Sample { get; init; }
}

/// <summary><c>AS name (column, …)</c>; PostgreSQL's functions may state types.</summary>
public sealed record TableAlias(Identifier? Name, NodeList<AliasColumn> Columns) : SqlNode;

/// <summary>A column of an alias.</summary>
public sealed record AliasColumn(Identifier Name, TypeName? Type) : SqlNode;

/// <summary>A sample of rows: <c>bernoulli (10) REPEATABLE (1)</c>, <c>10%</c>.</summary>
/// <param name="Method">In lower case; may be empty in DuckDB.</param>
/// <param name="Unit"><c>PERCENT</c>, <c>ROWS</c> or empty.</param>
public sealed record Sample(string Method, NodeList<SqlExpression> Amount, string Unit, SqlExpression? Seed) : SqlNode;
