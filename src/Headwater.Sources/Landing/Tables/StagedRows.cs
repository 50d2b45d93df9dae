using Headwater.Sources.Formats;
using Headwater.Sql.Dialects;

namespace Headwater.Sources.Landing.Tables;

/// <summary>
/// A temporary table between a file and its table: needed where rows have to be looked at before they are landed, by rules or by their key.
/// </summary>
internal static class StagedRows
{
    public const string Name = "hw_stage";
    public const string Ordinal = "hw_ordinal";
    public const string Fault = "hw_fault";
    public const string FaultColumn = "hw_fault_column";
    public const string Original = "hw_original";

    /// <summary>SQL that makes it: the file's values, and for rows that fulfil a rule what is wrong with them.</summary>
    public static string Create(FileReading reading, IReadOnlyList<ReadingRule> rules, SqlDialect dialect)
    {
        var values = reading.Columns.Select((column, index) => $"{column.Expression} AS {Column(index)}");
        return $"""
            CREATE OR REPLACE TEMP TABLE {Name} AS
            SELECT row_number() OVER () AS {Ordinal}, {string.Join(", ", values)},
                {Case(rules, rule => dialect.Literal(rule.Reason))} AS {Fault},
                {Case(rules, rule => rule.Column is null ? "NULL" : dialect.Literal(rule.Column))} AS {FaultColumn},
                CASE WHEN {(
                rules.Count == 0 ? "false" : string.Join(" OR ", rules.Select(rule => $"({rule.Condition})"))
            )} THEN {reading.Original} END AS {Original}
            FROM {reading.From}
            """;
    }

    /// <summary>The staged value of a file's column.</summary>
    public static string Column(int index) => $"hw_c{index}";

    private static string Case(IReadOnlyList<ReadingRule> rules, Func<ReadingRule, string> value) =>
        rules.Count == 0
            ? "CAST(NULL AS VARCHAR)"
            : $"CAST(CASE {string.Join(" ", rules.Select(rule => $"WHEN {rule.Condition} THEN {value(rule)}"))} END AS VARCHAR)";
}
