using System.Collections.Frozen;
using Headwater.Sql.Lexing;

namespace Headwater.Sql;

/// <summary>Finds the clock and chance in SQL that a project's author wrote: what depends on them must not be kept.</summary>
public static class ClockWords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "now",
        "today",
        "current_date",
        "current_time",
        "current_timestamp",
        "localtime",
        "localtimestamp",
        "get_current_timestamp",
        "transaction_timestamp",
        "random",
        "uuid",
        "gen_random_uuid",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if any of them is there.</summary>
    public static bool Occur(string sql) =>
        SqlLexer.Read(sql).Any(token => token.Kind == SqlTokenKind.Word && Words.Contains(token.Value));
}
