using System.Collections.Frozen;
using Headwater.Sql.Lexing;

namespace Headwater.Query;

/// <summary>Finds the clock and chance in SQL that a project's author wrote: an answer that depends on them must not be kept.</summary>
internal static class ClockWords
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

    public static bool Occur(string sql) =>
        SqlLexer.Read(sql).Any(token => token.Kind == SqlTokenKind.Word && Words.Contains(token.Value));
}
