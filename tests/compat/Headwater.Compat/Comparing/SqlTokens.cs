using System.Text.RegularExpressions;

namespace Headwater.Compat.Comparing;

/// <summary>SQL as words, so that two texts can be compared whatever white space they have. Comments count: dbt keeps them.</summary>
internal static partial class SqlTokens
{
    public static IReadOnlyList<string> Of(string sql) =>
        [.. Token().Matches(sql).Select(match => Space().Replace(match.Value, " ").Trim())];

    /// <summary>The first place where two texts differ, with what is before it; null if they are alike.</summary>
    public static string? Difference(string expected, string actual)
    {
        var left = Of(expected);
        var right = Of(actual);
        var place = 0;
        while (place < left.Count && place < right.Count && left[place] == right[place])
        {
            place++;
        }

        return place == left.Count && place == right.Count
            ? null
            : $"dbt: … {Around(left, place)}\n      ours: … {Around(right, place)}";
    }

    private static string Around(IReadOnlyList<string> tokens, int place) =>
        string.Join(' ', tokens.Skip(Math.Max(0, place - 12)).Take(Math.Min(12, place)))
        + " ▸ "
        + string.Join(' ', tokens.Skip(place).Take(12));

    [GeneratedRegex(
        @"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|""(?:[^""]|"""")*""|\w+|[^\s\w]",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        10_000
    )]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space();
}
