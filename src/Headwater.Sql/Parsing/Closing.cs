using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

/// <summary>Tells whether quotes and comments are closed, which the lexer leaves open.</summary>
internal static class Closing
{
    public static void Check(string text, SqlToken token)
    {
        var raw = text.AsSpan(token.Start, token.Length);
        var (closed, what) = token.Kind switch
        {
            SqlTokenKind.QuotedIdentifier => (raw.Count('"') % 2 == 0, "quoted name"),
            SqlTokenKind.Text when raw[0] == '$' => (DollarClosed(raw), "text"),
            SqlTokenKind.Text => (QuoteClosed(raw), "text"),
            SqlTokenKind.Trivia when raw.StartsWith("/*") => (CommentClosed(raw), "comment"),
            _ => (true, ""),
        };
        if (!closed)
        {
            throw new SyntaxFailure(token.Start, SqlDiagnostics.Unclosed, what);
        }
    }

    private static bool DollarClosed(ReadOnlySpan<char> raw)
    {
        var tag = raw[..(raw[1..].IndexOf('$') + 2)];
        return raw.Length >= 2 * tag.Length && raw.EndsWith(tag);
    }

    private static bool QuoteClosed(ReadOnlySpan<char> raw)
    {
        var escapes = raw[0] != '\'';
        var quotes = 0;
        for (var index = 0; index < raw.Length; index++)
        {
            if (escapes && raw[index] == '\\')
            {
                index++;
            }
            else if (raw[index] == '\'')
            {
                quotes++;
            }
        }

        return quotes % 2 == 0;
    }

    private static bool CommentClosed(ReadOnlySpan<char> raw)
    {
        var depth = 0;
        for (var index = 0; index + 1 < raw.Length; index++)
        {
            if (raw[index] == '/' && raw[index + 1] == '*')
            {
                depth++;
                index++;
            }
            else if (raw[index] == '*' && raw[index + 1] == '/')
            {
                depth--;
                index++;
            }
        }

        return depth == 0;
    }
}
