namespace Headwater.Sql.Syntax;

/// <summary>How a join keeps rows without a partner.</summary>
public enum JoinKind
{
    Inner,
    Left,
    Right,
    Full,
    Cross,

    /// <summary>DuckDB: rows of the left with a partner.</summary>
    Semi,

    /// <summary>DuckDB: rows of the left without one.</summary>
    Anti,

    /// <summary>DuckDB: row by row.</summary>
    Positional,
}

/// <summary>A join of two.</summary>
public sealed record Join(TableExpression Left, JoinKind Kind, TableExpression Right) : TableExpression
{
    public bool Natural { get; init; }

    /// <summary>DuckDB's nearest match.</summary>
    public bool AsOf { get; init; }

    public SqlExpression? On { get; init; }

    public NodeList<Identifier> Using { get; init; } = [];

    public override IEnumerable<SqlNode?> ChildNodes() => [Left, Right, On];
}
