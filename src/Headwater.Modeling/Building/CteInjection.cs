using System.Text;

namespace Headwater.Modeling.Building;

/// <summary>Puts ephemeral models into the SQL that reads them, as common table expressions before its own.</summary>
internal static class CteInjection
{
    public static string Inject(string sql, IReadOnlyList<(string Name, string Sql)> parts)
    {
        if (parts.Count == 0)
        {
            return sql;
        }

        var text = string.Join(",\n", parts.Select(part => $"{part.Name} as (\n{part.Sql}\n)"));
        var start = SkipBlank(sql, 0);
        if (!IsWord(sql, start, "with"))
        {
            return $"{sql[..start]}with {text}\n{sql[start..]}";
        }

        var after = start + "with".Length;
        var next = SkipBlank(sql, after);
        if (IsWord(sql, next, "recursive"))
        {
            after = next + "recursive".Length;
        }

        return new StringBuilder(sql, 0, after, sql.Length + text.Length + 8)
            .Append(' ')
            .Append(text)
            .Append(",\n")
            .Append(sql, after, sql.Length - after)
            .ToString();
    }

    private static bool IsWord(string sql, int at, string word) =>
        string.Compare(sql, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (
            at + word.Length == sql.Length
            || !(char.IsLetterOrDigit(sql[at + word.Length]) || sql[at + word.Length] == '_')
        );

    // Whitespace and comments may stand before the first word.
    private static int SkipBlank(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
            }
            else if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
            {
                var end = sql.IndexOf('\n', at);
                at = end < 0 ? sql.Length : end + 1;
            }
            else if (string.CompareOrdinal(sql, at, "/*", 0, 2) == 0)
            {
                var end = sql.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? sql.Length : end + 2;
            }
            else
            {
                return at;
            }
        }

        return at;
    }
}
