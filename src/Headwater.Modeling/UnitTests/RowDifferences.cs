using Headwater.Modeling.Materializations;

namespace Headwater.Modeling.UnitTests;

/// <summary>
/// What differs between the rows that a model gives and those expected, as people read it: rows that differ in some columns are shown
/// once, with both values; those without a counterpart with <c>+</c> (given, not expected) or <c>-</c> (expected, not given).
/// </summary>
internal static class RowDifferences
{
    private const int LinesAtMost = 20;

    public static IReadOnlyList<string> Of(
        IReadOnlyList<RelationColumn> columns,
        IReadOnlyList<IReadOnlyList<string?>> actual,
        IReadOnlyList<IReadOnlyList<string?>> expected
    )
    {
        var extra = new List<IReadOnlyList<string?>>(actual);
        var missing = expected.Where(row => !Take(extra, row)).ToList();
        if (extra.Count + missing.Count == 0)
        {
            return [];
        }

        var lines = new List<string> { "  | " + string.Join(" | ", columns.Select(column => column.Name)) };
        foreach (var row in missing.ToList())
        {
            var nearest = extra
                .Select(other => (Other: other, Same: row.Where((value, index) => value == other[index]).Count()))
                .OrderByDescending(pair => pair.Same)
                .FirstOrDefault();
            if (nearest.Other is null || nearest.Same == 0)
            {
                lines.Add("- | " + string.Join(" | ", row.Select(Shown)));
                continue;
            }

            extra.Remove(nearest.Other);
            lines.Add(
                "~ | "
                    + string.Join(
                        " | ",
                        row.Select(
                            (value, index) =>
                                value == nearest.Other[index]
                                    ? Shown(value)
                                    : $"{Shown(value)} → {Shown(nearest.Other[index])}"
                        )
                    )
            );
        }

        lines.AddRange(extra.Select(row => "+ | " + string.Join(" | ", row.Select(Shown))));
        return lines.Count <= LinesAtMost
            ? lines
            : [.. lines.Take(LinesAtMost), $"… and {lines.Count - LinesAtMost} more"];
    }

    private static bool Take(List<IReadOnlyList<string?>> rows, IReadOnlyList<string?> wanted)
    {
        var found = rows.FindIndex(row => row.SequenceEqual(wanted, StringComparer.Ordinal));
        if (found >= 0)
        {
            rows.RemoveAt(found);
        }

        return found >= 0;
    }

    private static string Shown(string? value) => value ?? "NULL";
}
