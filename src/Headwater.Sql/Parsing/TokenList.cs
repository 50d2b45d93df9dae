using System.Buffers;
using Headwater.Sql.Dialects;
using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

/// <summary>A token as the grammar sees it: no trivia, operators whole.</summary>
/// <param name="Keyword">An unquoted word in upper case, else empty.</param>
internal readonly record struct Lexeme(SqlTokenKind Kind, int Start, int End, string Value, string Keyword)
{
    public bool IsEnd => Start == End;
}

/// <summary>Makes the grammar's tokens of the lexer's.</summary>
internal static class TokenList
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`";
    private static readonly SearchValues<char> MayEndInSign = SearchValues.Create("~!@#%^&|`?");

    public static List<Lexeme> Read(string text, SqlDialect dialect)
    {
        var found = SqlLexer.Read(text);
        var characters = dialect is PostgresDialect ? OperatorCharacters + "?" : OperatorCharacters;
        var result = new List<Lexeme>(found.Count / 2);
        for (var index = 0; index < found.Count; index++)
        {
            var token = found[index];
            if (dialect is PostgresDialect && UnicodeText.Read(text, found, ref index) is { } unicode)
            {
                result.Add(unicode);
                continue;
            }

            if (index == found.Count - 1 || token.Kind is SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier)
            {
                Closing.Check(text, token);
            }

            if (token.Kind == SqlTokenKind.Symbol && IsOperator(token.Value, characters))
            {
                var end = token.Start + token.Length;
                while (
                    index + 1 < found.Count
                    && found[index + 1].Kind == SqlTokenKind.Symbol
                    && IsOperator(found[index + 1].Value, characters)
                )
                {
                    index++;
                    end = found[index].Start + found[index].Length;
                }

                AddOperators(result, text, token.Start, end);
            }
            else if (token.Kind != SqlTokenKind.Trivia)
            {
                result.Add(Plain(text, token));
            }
        }

        result.Add(new Lexeme(SqlTokenKind.Symbol, text.Length, text.Length, "", ""));
        return result;
    }

    private static Lexeme Plain(string text, SqlToken token)
    {
        var value =
            token.Kind == SqlTokenKind.Text && text[token.Start] is 'e' or 'E'
                ? EscapedText.Decode(text.AsSpan(token.Start + 2, token.Length - 3))
                : token.Value;
        var keyword = token.Kind == SqlTokenKind.Word ? token.Value.ToUpperInvariant() : "";
        return new Lexeme(token.Kind, token.Start, token.Start + token.Length, value, keyword);
    }

    // PostgreSQL's rule: an operator of several characters ends in a sign only when it holds one of the unusual characters.
    private static void AddOperators(List<Lexeme> result, string text, int start, int end)
    {
        while (start < end)
        {
            var stop = end;
            while (
                stop - start > 1
                && text[stop - 1] is '+' or '-'
                && text.AsSpan(start, stop - start - 1).IndexOfAny(MayEndInSign) < 0
            )
            {
                stop--;
            }

            result.Add(new Lexeme(SqlTokenKind.Symbol, start, stop, text[start..stop], ""));
            start = stop;
        }
    }

    private static bool IsOperator(string symbol, string characters)
    {
        foreach (var character in symbol)
        {
            if (!characters.Contains(character))
            {
                return false;
            }
        }

        return true;
    }
}
