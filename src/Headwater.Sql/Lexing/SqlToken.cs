namespace Headwater.Sql.Lexing;

public enum SqlTokenKind
{
    /// <summary>An unquoted word: keyword or identifier.</summary>
    Word,

    /// <summary>An identifier in double quotes; <see cref="SqlToken.Value"/> is without them.</summary>
    QuotedIdentifier,

    /// <summary>Text in single quotes, escape or dollar quotes; <see cref="SqlToken.Value"/> is without them.</summary>
    Text,
    Number,

    /// <summary>Operator or punctuation, one or more characters.</summary>
    Symbol,

    /// <summary>Spaces and comments.</summary>
    Trivia,
}

/// <summary>A piece of SQL text. All tokens of a text, joined, are that text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset into the text, UTF-16 units.</param>
/// <param name="Length">Length in the text.</param>
/// <param name="Value">What it means: quotes removed, doubled quotes single.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length, string Value);
