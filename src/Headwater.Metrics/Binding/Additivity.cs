using Headwater.Metrics.Semantics;
using Headwater.Sql.Lexing;

namespace Headwater.Metrics.Binding;

/// <summary>
/// Whether the values of a metric add up: only then is a value a part of their sum, and their sum up to a time a number of its own. Least and greatest
/// values do not, but the least up to a time is one.
/// </summary>
internal static class Additivity
{
    /// <summary>Why a metric has no share, share in a period or running total; null if it has.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="suffix">What is asked of it.</param>
    public static Obstacle? Against(Metric metric, string suffix) =>
        metric switch
        {
            SimpleMetric simple => Against(simple.Input.Measure, metric, suffix),
            // Of one time, and of one end of a time, parts are apart.
            CumulativeMetric cumulative when suffix == "share_in_period" => Against(
                cumulative.Input.Measure,
                metric,
                suffix
            ),
            CumulativeMetric => new Obstacle("it is added up over time already", [$"{metric.Name}__share_in_period"]),
            ConversionMetric { AsRate: false } conversion => Against(conversion.Conversion.Measure, metric, suffix),
            ConversionMetric => new Obstacle("the rate of a whole is not the sum of the rates of its parts", []),
            RatioMetric ratio => new Obstacle(
                "the ratio of a whole is not the sum of the ratios of its parts",
                [$"{ratio.Numerator.Metric.Name}__{suffix}", $"{ratio.Denominator.Metric.Name}__{suffix}"]
            ),
            DerivedMetric derived => Against(derived, suffix),
            _ => throw new InvalidOperationException($"unknown metric type {metric.Type}"),
        };

    /// <summary>What values up to a time are put together by.</summary>
    public static Aggregation Running(Metric metric) =>
        metric is SimpleMetric { Input.Measure.Aggregation: (Aggregation.Min or Aggregation.Max) and var extreme }
            ? extreme
            : Aggregation.Sum;

    private static Obstacle? Against(Measure measure, Metric metric, string suffix) =>
        measure.Aggregation switch
        {
            _ when measure.NonAdditive is not null && suffix != "share_in_period" => new Obstacle(
                $"of the times of '{measure.NonAdditive.Dimension}' only an end counts",
                [$"{metric.Name}__share_in_period"]
            ),
            Aggregation.Sum or Aggregation.Count or Aggregation.SumBoolean => null,
            Aggregation.Min or Aggregation.Max when suffix == "running_total" && metric is SimpleMetric => null,
            Aggregation.Min or Aggregation.Max => new Obstacle(
                "a least or greatest value is no part of a sum",
                metric is SimpleMetric ? [$"{metric.Name}__running_total"] : []
            ),
            Aggregation.CountDistinct => new Obstacle(
                "what occurs in several parts is counted once in the whole"
                    + (suffix == "running_total" ? " (a cumulative metric over its measure counts so)" : ""),
                []
            ),
            _ => new Obstacle(
                "that of a whole is not the sum of those of its parts"
                    + (
                        suffix == "running_total"
                            ? " (a cumulative metric over its measure counts all rows up to then)"
                            : ""
                    ),
                []
            ),
        };

    private static Obstacle? Against(DerivedMetric derived, string suffix)
    {
        // Sums and differences of what adds up add up; everything else is not looked into.
        var adds = SqlLexer
            .Read(derived.Expression)
            .Where(token => token.Kind != SqlTokenKind.Trivia)
            .All(token =>
                token.Value is "+" or "-" or "(" or ")"
                || derived.Inputs.Any(input =>
                    string.Equals(input.Alias, token.Value, StringComparison.OrdinalIgnoreCase)
                )
            );
        var isSum = adds && derived.Inputs.All(input => Adds(input.Metric, suffix));
        return isSum
            ? null
            : new Obstacle(
                "it is more than a sum or difference of values that add up",
                [
                    .. derived
                        .Inputs.Where(input => Against(input.Metric, suffix) is null)
                        .Select(input => $"{input.Metric.Name}__{suffix}")
                        .Distinct(),
                ]
            );
    }

    private static bool Adds(Metric metric, string suffix) =>
        Against(metric, suffix) is null && Running(metric) == Aggregation.Sum;
}

/// <summary>Why a metric does not add up.</summary>
/// <param name="Why">A reason that stands behind a colon.</param>
/// <param name="Possible">What can be asked instead, besides what every metric has.</param>
internal sealed record Obstacle(string Why, IReadOnlyList<string> Possible);
