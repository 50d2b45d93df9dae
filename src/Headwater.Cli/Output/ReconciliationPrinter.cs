using System.Globalization;
using Headwater.Platform.Reconciling;
using Headwater.Query.Reconciling;

namespace Headwater.Cli.Output;

/// <summary>Writes a gap and its causes for people.</summary>
internal static class ReconciliationPrinter
{
    public static void Print(ReconciliationDocument answer, TextWriter output)
    {
        TextTable.Print(
            [
                ["", "total"],
                [answer.Left, answer.LeftTotal],
                [answer.Right, answer.RightTotal],
                ["gap", answer.Gap],
            ],
            [false, true],
            output
        );
        output.WriteLine();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Matched by {string.Join(", ", answer.MatchedBy)}: {answer.Agreeing:N0} agree."
            )
        );
        if (answer.Causes.Count > 0)
        {
            output.WriteLine();
            TextTable.Print(
                [
                    ["cause", "amount", "rows"],
                    .. answer.Causes.Select(cause =>
                        (string[])[cause.Id, cause.Amount, cause.Rows.ToString("N0", CultureInfo.InvariantCulture)]
                    ),
                    ["gap", answer.Gap, ""],
                ],
                [false, true, true],
                output
            );
        }

        foreach (var cause in answer.Causes)
        {
            output.WriteLine();
            output.WriteLine($"{cause.Id}: {cause.Text}");
            if (cause.Sample.Count > 0)
            {
                Print(cause.Sample, output);
            }

            if (cause.Rows > cause.Sample.Count)
            {
                output.WriteLine($"… all of them: --cause {cause.Id}");
            }
        }

        if (answer.Groups.Count > 0)
        {
            output.WriteLine();
            Print(answer.Groups, output);
        }
    }

    public static void Print(IReadOnlyList<GapRow> rows, TextWriter output) =>
        TextTable.Print(
            [
                ["key", "left", "right", "difference", "rows", "time"],
                .. rows.Select(row =>
                    (string[])
                        [
                            Clean(string.Join(", ", row.Key.Select(key => key ?? "–"))),
                            row.Left,
                            row.Right,
                            row.Difference,
                            string.Create(CultureInfo.InvariantCulture, $"{row.LeftRows}:{row.RightRows}"),
                            row.LeftTime == row.RightTime || row.RightTime is null ? row.LeftTime ?? ""
                            : row.LeftTime is null ? row.RightTime
                            : $"{row.LeftTime}, {row.RightTime}",
                        ]
                ),
            ],
            [false, true, true, true, false, false],
            output
        );

    private static void Print(IReadOnlyList<GapGroup> groups, TextWriter output)
    {
        var causes = groups
            .SelectMany(group => group.Causes.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        TextTable.Print(
            [
                ["group", "left", "right", "gap", .. causes],
                .. groups.Select(group =>
                    (string[])
                        [
                            Clean(string.Join(", ", group.Group.Select(value => value ?? "–"))),
                            group.Left,
                            group.Right,
                            group.Gap,
                            .. causes.Select(cause => group.Causes.GetValueOrDefault(cause, "")),
                        ]
                ),
            ],
            [false, true, true, true, .. causes.Select(_ => true)],
            output
        );
    }

    // A value must not move the cursor or colour the terminal.
    private static string Clean(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '·' : character));
}
