namespace Headwater.Sql.Syntax;

/// <summary>What a literal is.</summary>
public enum LiteralKind
{
    Null,
    True,
    False,
    Number,
    Text,

    /// <summary>Bits, <c>B'01'</c>.</summary>
    Bits,

    /// <summary>Bytes, <c>X'ff'</c>.</summary>
    Bytes,

    /// <summary>The word <c>DEFAULT</c> among values.</summary>
    Default,
}

/// <summary>A constant. Numbers are kept as written.</summary>
public sealed record Literal(LiteralKind Kind, string Value) : SqlExpression;

/// <summary>A constant with its type before it: <c>date '2024-01-31'</c>.</summary>
public sealed record TypedLiteral(TypeName Type, string Value) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Type];
}

/// <summary>A span of time: <c>interval '1 day'</c>, <c>interval 3 month</c>, <c>interval (n) day</c>.</summary>
/// <param name="Amount">Text, a number, or any expression.</param>
/// <param name="Unit">The words after it in lower case, such as <c>day</c> or <c>year to month</c>; empty when in the text.</param>
public sealed record IntervalLiteral(SqlExpression Amount, string Unit) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [Amount];
}

/// <summary>A parameter: <c>$1</c>, <c>$name</c>, <c>?</c>; the name is without the dollar, empty for <c>?</c>.</summary>
public sealed record Parameter(string Name) : SqlExpression;

/// <summary>A value named by a keyword without parentheses, such as <c>current_date</c>; in lower case.</summary>
public sealed record KeywordValue(string Name) : SqlExpression;
