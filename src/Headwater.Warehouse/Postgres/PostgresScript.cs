using Headwater.Sql.Lexing;

namespace Headwater.Warehouse.Postgres;

/// <summary>One statement of a script and where it stands in it.</summary>
/// <param name="Text">The statement from its first word to its last, without the semicolon.</param>
/// <param name="Offset">Of its first character in the script.</param>
/// <param name="Keyword">Its first word, in lower case; empty if it starts with none.</param>
internal sealed record PostgresStatement(string Text, int Offset, string Keyword);

/// <summary>Splits a script: the server's typed protocol takes one statement at a time.</summary>
internal static class PostgresScript
{
    public static IReadOnlyList<PostgresStatement> Split(string script)
    {
        var statements = new List<PostgresStatement>();
        var (start, end, keyword, previous, hasContent) = (0, 0, "", "", false);
        var depth = 0;
        foreach (var token in SqlLexer.Read(script))
        {
            if (token.Kind == SqlTokenKind.Trivia)
            {
                continue;
            }

            if (token.Kind == SqlTokenKind.Symbol && token.Value == ";" && depth == 0)
            {
                End();
                (keyword, previous, hasContent) = ("", "", false);
                continue;
            }

            var word = token.Kind == SqlTokenKind.Word ? token.Value.ToLowerInvariant() : "";
            depth = Depth(depth, previous, word);
            if (!hasContent)
            {
                (start, keyword, hasContent) = (token.Start, word, true);
            }

            previous = word;
            end = token.Start + token.Length;
        }

        End();
        return statements;

        void End()
        {
            if (hasContent)
            {
                statements.Add(new PostgresStatement(script[start..end], start, keyword));
            }
        }
    }

    /// <summary>Whether a statement holds a word that changes rows: true at the least suspicion.</summary>
    public static bool MayWrite(string statement) =>
        SqlLexer
            .Read(statement)
            .Any(token =>
                token.Kind == SqlTokenKind.Word
                && token.Value.ToLowerInvariant() is "insert" or "update" or "delete" or "merge" or "call"
            );

    // The body of a function in standard SQL is BEGIN ATOMIC … END, with semicolons inside; CASE … END may stand in it.
    private static int Depth(int depth, string previous, string word) =>
        word switch
        {
            "atomic" when previous == "begin" => depth + 1,
            "case" when depth > 0 => depth + 1,
            "end" when depth > 0 => depth - 1,
            _ => depth,
        };
}
