using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Project.Yaml;

namespace Headwater.Sources.Formats.Xlsx;

/// <summary>Cells from one corner to the other, both included, counted from 0.</summary>
internal sealed partial record CellRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    public static CellRange All { get; } = new(0, 0, int.MaxValue, int.MaxValue);

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3013.</exception>
    public static CellRange Parse(LocatedText text)
    {
        var match = Pattern().Match(text.Text.Trim().ToUpperInvariant());
        if (!match.Success)
        {
            throw SourceDiagnostics.BadRange.At(text.Location, text.Text).ToException();
        }

        return new CellRange(
            Row(match.Groups["r1"].Value, 0),
            Column(match.Groups["c1"].Value),
            Row(match.Groups["r2"].Value, int.MaxValue),
            Column(match.Groups["c2"].Value)
        );
    }

    private static int Row(string text, int byDefault) =>
        text.Length == 0 ? byDefault : int.Parse(text, CultureInfo.InvariantCulture) - 1;

    private static int Column(string letters) =>
        letters.Aggregate(0, (value, letter) => value * 26 + (letter - 'A' + 1)) - 1;

    [GeneratedRegex(
        @"^(?<c1>[A-Z]{1,3})(?<r1>[1-9]\d{0,6})?:(?<c2>[A-Z]{1,3})(?<r2>[1-9]\d{0,6})?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern();
}
