using Headwater.Sql.Dialects;

namespace Headwater.Sources.Types;

/// <summary>
/// Ways in which one column may spell dates. A family holds the spellings that may stand side by side in a column; month first and day first never do,
/// so a column that fits both is ambiguous and stays text.
/// </summary>
internal static class DateSpellings
{
    public static IReadOnlyList<string> MonthFirst { get; } = ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"];

    public static IReadOnlyList<string> DayFirst { get; } = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"];

    public static IReadOnlyList<string> YearFirst { get; } = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"];

    public const string Iso = "%Y-%m-%d";

    /// <summary>SQL that reads a text by the first spelling that fits, or gives null.</summary>
    public static string Parse(string expression, IReadOnlyList<string> spellings, SqlDialect dialect) =>
        $"try_strptime({expression}, [{string.Join(", ", spellings.Select(dialect.Literal))}])";
}
