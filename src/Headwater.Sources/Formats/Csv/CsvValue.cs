using Headwater.Sources.Types;
using Headwater.Sql.Dialects;

namespace Headwater.Sources.Formats.Csv;

/// <summary>
/// SQL that reads a text as a type, and gives null for what does not fit. The engine's own casts are too kind for data that nobody has looked at: they
/// round 12.5 to a whole number, drop the time of a date, and take the year 14 for what it says.
/// </summary>
internal static class CsvValue
{
    private static readonly string[] Integers =
    [
        "TINYINT",
        "UTINYINT",
        "SMALLINT",
        "USMALLINT",
        "INTEGER",
        "UINTEGER",
        "BIGINT",
        "UBIGINT",
        "HUGEINT",
    ];

    /// <summary>Whether the engine's own reading of the type is exact, so that it can be left to it.</summary>
    public static bool IsLeftToEngine(InferredType type) =>
        type.Spellings.Count == 0 && type.Type != ColumnTypes.Date && !Integers.Contains(type.Type);

    /// <param name="text">SQL of the text.</param>
    public static string Parse(string text, InferredType type, SqlDialect dialect)
    {
        if (type.Spellings.Count > 0)
        {
            var parsed = $"CAST({DateSpellings.Parse(text, type.Spellings, dialect)} AS {type.Type})";
            return type.AreSpellingsGiven ? parsed : $"CASE WHEN regexp_matches({text}, '\\d{{4}}') THEN {parsed} END";
        }

        return type.Type switch
        {
            ColumnTypes.Text => text,
            ColumnTypes.Date =>
                $"CASE WHEN length({text}) <= 10 AND ({text} LIKE '____-%' OR {text} LIKE '____/%') THEN TRY_CAST({text} AS DATE) END",
            _ when Integers.Contains(type.Type) =>
                $"CASE WHEN NOT (contains({text}, '.') OR contains({text}, 'e') OR contains({text}, 'E')) THEN TRY_CAST({text} AS {type.Type}) END",
            _ => $"TRY_CAST({text} AS {type.Type})",
        };
    }
}
