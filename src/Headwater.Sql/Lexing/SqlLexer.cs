namespace Headwater.Sql.Lexing;

/// <summary>
/// Splits SQL into tokens as DuckDB and PostgreSQL read it: strings with doubled quotes, <c>E''</c> and dollar quotes, quoted identifiers,
/// line comments, nested block comments. Never fails: an unclosed quote runs to the end.
/// </summary>
public static class SqlLexer
{
    private static readonly string[] LongSymbols =
    [
        "->>",
        "!~*",
        "::",
        "<=",
        ">=",
        "<>",
        "!=",
        "||",
        "->",
        "==",
        "~*",
        "!~",
        "**",
        "//",
        ":=",
    ];

    public static IReadOnlyList<SqlToken> Read(string text)
    {
        var tokens = new List<SqlToken>();
        for (var position = 0; position < text.Length; position += tokens[^1].Length)
        {
            tokens.Add(ReadToken(text, position));
        }

        return tokens;
    }

    private static SqlToken ReadToken(string text, int start)
    {
        var first = text[start];
        var next = start + 1 < text.Length ? text[start + 1] : '\0';
        return first switch
        {
            '\'' => Quoted(SqlTokenKind.Text, text, start, start + 1, '\'', backslash: false),
            '"' => Quoted(SqlTokenKind.QuotedIdentifier, text, start, start + 1, '"', backslash: false),
            'e' or 'E' when next == '\'' => Quoted(SqlTokenKind.Text, text, start, start + 2, '\'', backslash: true),
            '-' when next == '-' => Run(SqlTokenKind.Trivia, text, start, static c => c != '\n'),
            '/' when next == '*' => BlockComment(text, start),
            '$' when DollarQuoted(text, start) is { } token => token,
            '.' when char.IsAsciiDigit(next) => Number(text, start),
            _ when char.IsWhiteSpace(first) => Run(SqlTokenKind.Trivia, text, start, char.IsWhiteSpace),
            _ when char.IsAsciiDigit(first) => Number(text, start),
            _ when IsWordStart(first) => Run(SqlTokenKind.Word, text, start, IsWordPart),
            _ => Symbol(text, start),
        };
    }

    private static SqlToken Quoted(SqlTokenKind kind, string text, int start, int from, char quote, bool backslash)
    {
        var value = new System.Text.StringBuilder();
        var position = from;
        while (position < text.Length)
        {
            var character = text[position];
            if (backslash && character == '\\' && position + 1 < text.Length)
            {
                value.Append(text[position + 1]);
                position += 2;
                continue;
            }

            if (character == quote)
            {
                if (position + 1 >= text.Length || text[position + 1] != quote)
                {
                    return new SqlToken(kind, start, position + 1 - start, value.ToString());
                }

                position++;
            }

            value.Append(character);
            position++;
        }

        return new SqlToken(kind, start, text.Length - start, value.ToString());
    }

    private static SqlToken? DollarQuoted(string text, int start)
    {
        var tagEnd = start + 1;
        while (tagEnd < text.Length && (char.IsAsciiLetter(text[tagEnd]) || text[tagEnd] == '_'))
        {
            tagEnd++;
        }

        if (tagEnd >= text.Length || text[tagEnd] != '$')
        {
            return null;
        }

        var tag = text[start..(tagEnd + 1)];
        var close = text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        var end = close < 0 ? text.Length : close + tag.Length;
        return new SqlToken(
            SqlTokenKind.Text,
            start,
            end - start,
            text[(tagEnd + 1)..(close < 0 ? text.Length : close)]
        );
    }

    private static SqlToken BlockComment(string text, int start)
    {
        var depth = 0;
        var position = start;
        while (position < text.Length)
        {
            if (string.CompareOrdinal(text, position, "/*", 0, 2) == 0)
            {
                depth++;
                position += 2;
            }
            else if (string.CompareOrdinal(text, position, "*/", 0, 2) == 0)
            {
                position += 2;
                if (--depth == 0)
                {
                    break;
                }
            }
            else
            {
                position++;
            }
        }

        return new SqlToken(SqlTokenKind.Trivia, start, position - start, "");
    }

    private static SqlToken Number(string text, int start)
    {
        var position = start;
        while (position < text.Length)
        {
            var character = text[position];
            var signOfExponent = character is '+' or '-' && position > start && text[position - 1] is 'e' or 'E';
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_') && !signOfExponent)
            {
                break;
            }

            position++;
        }

        return new SqlToken(SqlTokenKind.Number, start, position - start, text[start..position]);
    }

    private static SqlToken Symbol(string text, int start)
    {
        foreach (var symbol in LongSymbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0)
            {
                return new SqlToken(SqlTokenKind.Symbol, start, symbol.Length, symbol);
            }
        }

        return new SqlToken(SqlTokenKind.Symbol, start, 1, text[start].ToString());
    }

    private static SqlToken Run(SqlTokenKind kind, string text, int start, Func<char, bool> belongs)
    {
        var end = start + 1;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return new SqlToken(kind, start, end - start, kind == SqlTokenKind.Trivia ? "" : text[start..end]);
    }

    private static bool IsWordStart(char character) => char.IsLetter(character) || character == '_';

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';
}
