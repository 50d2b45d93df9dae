using System.Globalization;
using System.Text;
using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

/// <summary>PostgreSQL's texts and names with code points: <c>U&amp;'d\0061t'</c>, <c>U&amp;"…"</c>, with <c>UESCAPE '!'</c> behind if need be.</summary>
internal static class UnicodeText
{
    /// <summary>The token that begins at an index, as the text or name that it means; null for any other. Moves the index to its last part.</summary>
    public static Lexeme? Read(string text, IReadOnlyList<SqlToken> tokens, ref int index)
    {
        if (
            tokens[index] is not { Kind: SqlTokenKind.Word, Length: 1 } mark
            || text[mark.Start] is not ('u' or 'U')
            || index + 2 >= tokens.Count
            || tokens[index + 1] is not { Kind: SqlTokenKind.Symbol, Value: "&" }
            || tokens[index + 2] is not { Kind: SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier } quoted
            || text[quoted.Start] is not ('\'' or '"')
        )
        {
            return null;
        }

        Closing.Check(text, quoted);
        index += 2;
        var escape = '\\';
        var next = index + 1;
        while (next < tokens.Count && tokens[next].Kind == SqlTokenKind.Trivia)
        {
            next++;
        }

        if (
            next < tokens.Count
            && tokens[next] is { Kind: SqlTokenKind.Word } word
            && word.Value.Equals("uescape", StringComparison.OrdinalIgnoreCase)
        )
        {
            next++;
            while (next < tokens.Count && tokens[next].Kind == SqlTokenKind.Trivia)
            {
                next++;
            }

            if (next >= tokens.Count || tokens[next] is not { Kind: SqlTokenKind.Text, Value: [var given] })
            {
                throw new SyntaxFailure(
                    word.Start,
                    SqlDiagnostics.Unexpected,
                    "one character in quotes",
                    "something else"
                );
            }

            escape = given;
            index = next;
        }

        var end = tokens[index].Start + tokens[index].Length;
        return new Lexeme(quoted.Kind, mark.Start, end, Decode(quoted, escape), "");
    }

    private static string Decode(SqlToken quoted, char escape)
    {
        var value = quoted.Value;
        var result = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] != escape)
            {
                result.Append(value[index]);
                continue;
            }

            if (index + 1 < value.Length && value[index + 1] == escape)
            {
                result.Append(value[++index]);
                continue;
            }

            var long6 = index + 1 < value.Length && value[index + 1] == '+';
            var start = index + (long6 ? 2 : 1);
            var length = long6 ? 6 : 4;
            if (
                start + length > value.Length
                || !uint.TryParse(
                    value.AsSpan(start, length),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
            )
            {
                throw new SyntaxFailure(
                    quoted.Start + 1 + index,
                    SqlDiagnostics.Unexpected,
                    "a code point of four or six digits",
                    $"'{escape}'"
                );
            }

            // Halves of a pair stand one behind the other.
            result.Append(Rune.IsValid(code) ? new Rune(code).ToString() : ((char)(code & 0xFFFF)).ToString());
            index = start + length - 1;
        }

        return result.ToString();
    }
}
