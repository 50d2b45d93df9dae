using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Warehouse.Port;

namespace Headwater.Compat.Running;

/// <summary>Puts a fixed time in the place of the current one in SQL. Texts, quoted names and comments stay as they are.</summary>
internal sealed partial class SqlClock(DateTimeOffset now)
{
    private readonly string _date = $"(date '{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')";
    private readonly string _time =
        $"(timestamptz '{now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00')";

    public SqlCommand Rewrite(SqlCommand command) => command with { Text = Rewrite(command.Text) };

    public string Rewrite(string sql) =>
        Part()
            .Replace(
                sql,
                match =>
                    match.Groups["date"].Success ? _date
                    : match.Groups["time"].Success ? _time
                    : match.Value
            );

    [GeneratedRegex(
        @"'(?:[^']|'')*'|""(?:[^""]|"""")*""|--[^\n]*|/\*.*?\*/|\b(?<date>current_date)\b|\b(?<time>current_timestamp\b|now\s*\(\s*\))",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        10_000
    )]
    private static partial Regex Part();
}
