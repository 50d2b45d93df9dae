using System.Globalization;
using System.Text.RegularExpressions;

namespace Headwater.Metrics.Time;

/// <summary>A length of time as YAML writes it: <c>7 days</c>, <c>1 month</c>, <c>2 fiscal_quarter</c>.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="Grain">The unit, or null if it is one of the project's own.</param>
/// <param name="Custom">The unit where the project defines it, else null.</param>
public sealed partial record PeriodLength(int Count, Grain? Grain, string? Custom)
{
    /// <summary>Reads a length, or gives null if the text is none.</summary>
    public static PeriodLength? Parse(string text)
    {
        var match = Pattern().Match(text.Trim().ToLowerInvariant());
        if (!match.Success || !int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = match.Groups["unit"].Value;
        // Units may stand in the plural, as in "7 days".
        return Grains.Find(unit) is { } grain ? new PeriodLength(count, grain, null)
            : Grains.Find(unit.TrimEnd('s')) is { } plural ? new PeriodLength(count, plural, null)
            : new PeriodLength(count, null, unit);
    }

    public override string ToString() => $"{Count} {Grain?.Name() ?? Custom}";

    [GeneratedRegex(
        @"^(?<count>[1-9]\d{0,5})\s+(?<unit>\w+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern();
}
