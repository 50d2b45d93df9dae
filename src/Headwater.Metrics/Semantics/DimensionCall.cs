using System.Text.RegularExpressions;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// The calls by which MetricFlow's templates name a dimension: <c>Dimension('a__b')</c>, <c>Dimension('a__b').grain('month')</c>,
/// <c>TimeDimension('a__b', 'month')</c>, <c>Entity('a')</c>.
/// </summary>
internal static partial class DimensionCall
{
    /// <summary>The dimension that a call names, or null if it is none of these.</summary>
    public static DimensionReference? Parse(string call)
    {
        var match = Pattern().Match(call);
        if (!match.Success)
        {
            return null;
        }

        var reference = DimensionReference.Parse(match.Groups["name"].Value);
        var grain = match.Groups["grain"].Success ? match.Groups["grain"].Value : match.Groups["method"].Value;
        if (grain.Length == 0)
        {
            return reference;
        }

        return Grains.Find(grain) is { } found ? reference with { Grain = found } : null;
    }

    [GeneratedRegex(
        """^\s*(Dimension|TimeDimension|Entity)\(\s*['"](?<name>\w+)['"]\s*(,\s*(time_granularity\s*=\s*)?['"](?<grain>\w+)['"]\s*)?\)(\s*\.grain\(\s*['"](?<method>\w+)['"]\s*\))?\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern();
}
