using System.Text.RegularExpressions;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>
/// Reads how a metric is asked for: its name, with a comparison behind it such as <c>revenue__previous_year</c>,
/// <c>revenue__3_months_ago_growth</c>, <c>revenue__share</c>, <c>revenue__running_total</c>, <c>revenue__rank</c> or <c>revenue__target</c>.
/// </summary>
internal sealed partial class VariantBinder(MetricModel model)
{
    /// <summary>The metric and what behind its name says how it compares; null if there is no such metric.</summary>
    public (Metric Metric, string Suffix)? Find(string text)
    {
        var name = text.Trim();
        if (model.Find(name) is { } plain)
        {
            return (plain, "");
        }

        var split = name.LastIndexOf("__", StringComparison.Ordinal);
        return split > 0 && model.Find(name[..split]) is { } metric && IsKnown(name[(split + 2)..])
            ? (metric, name[(split + 2)..].ToLowerInvariant())
            : null;
    }

    /// <summary>What is shown of a metric, seen from the query; null with the reason reported.</summary>
    public AskedMetric? Bind(
        string name,
        Metric metric,
        string suffix,
        IReadOnlyList<DimensionReference> groupBy,
        TimeBounds? bounds,
        DiagnosticBag diagnostics
    )
    {
        switch (suffix)
        {
            case "":
                return new AskedMetric(metric.Name, metric, PlainValue.Instance);
            case "target":
                return Target(name, metric, diagnostics);
            case "rank":
                return new AskedMetric(name, metric, new RankOfValue());
            case "percentile":
                return new AskedMetric(name, metric, new PercentileOfValue());
            case "share"
            or "share_in_period"
            or "running_total" when Additivity.Against(metric, suffix) is { } obstacle:
                diagnostics.Add(
                    MetricDiagnostics
                        .DoesNotAddUp.With(metric.Name, suffix, obstacle.Why)
                        .Offering([
                            .. obstacle.Possible,
                            $"{metric.Name}__rank",
                            $"{metric.Name}__percentile",
                            $"{metric.Name}__previous_period",
                        ])
                );
                return null;
            case "share" or "share_in_period":
                return new AskedMetric(name, metric, new ShareOfTotal(suffix == "share_in_period"));
            case "running_total" when !groupBy.Any(reference => reference.IsMetricTime):
                diagnostics.Add(MetricDiagnostics.NeedsTime.With(name).Offering(TimesToShow));
                return null;
            case "running_total":
                return new AskedMetric(name, metric, new RunningTotal(Additivity.Running(metric)));
            default:
                return Earlier(name, metric, suffix, groupBy, bounds, diagnostics);
        }
    }

    /// <summary>What a question shows that a metric's value depends on.</summary>
    internal static IReadOnlyList<string> TimesToShow { get; } =
    [
        .. ((Grain[])[Grain.Month, Grain.Day, Grain.Week, Grain.Quarter, Grain.Year]).Select(grain =>
            $"{DimensionReference.MetricTime}__{grain.Name()}"
        ),
    ];

    private static bool IsKnown(string suffix) =>
        suffix is "target" or "rank" or "percentile" or "share" or "share_in_period" or "running_total"
        || EarlierPattern().IsMatch(suffix);

    private AskedMetric? Target(string name, Metric metric, DiagnosticBag diagnostics)
    {
        if (metric.Header.Meta.TryGetValue("target", out var target) && model.Find(target) is { } found)
        {
            return new AskedMetric(name, found, PlainValue.Instance);
        }

        diagnostics.Add(MetricDiagnostics.NoTarget.With(metric.Name));
        return null;
    }

    private AskedMetric? Earlier(
        string name,
        Metric metric,
        string suffix,
        IReadOnlyList<DimensionReference> groupBy,
        TimeBounds? bounds,
        DiagnosticBag diagnostics
    )
    {
        var match = EarlierPattern().Match(suffix);
        var times = groupBy.Where(reference => reference.IsMetricTime).ToList();
        // Periods of a table or of retail weeks cannot be counted back by one length.
        if (
            times.Find(time => time.CustomGrain is { } own && model.FindCalendarGrain(own)?.Unit is null) is { } unknown
        )
        {
            diagnostics.Add(
                MetricDiagnostics
                    .PeriodsDoNotFit.With(name, unknown.CustomGrain)
                    .Offering($"{metric.Name}__previous_period", $"{metric.Name}__previous_year")
            );
            return null;
        }

        var calendar = times.Select(time => model.FindCalendarGrain(time.CustomGrain ?? "")).FirstOrDefault();
        var shown = times.Select(time => time.Grain ?? calendar?.MadeOf).Min() ?? Grain.Day;
        var difference = match.Groups["difference"].Value switch
        {
            "_change" => Difference.Change,
            "_growth" => Difference.Growth,
            _ => Difference.None,
        };
        EarlierPeriod? period;
        if (match.Groups["count"].Success)
        {
            var length = PeriodLength.Parse($"{match.Groups["count"].Value} {match.Groups["unit"].Value}");
            period = length is { Grain: { } unit } ? new EarlierPeriod(length.Count, unit, shown) : null;
        }
        else if (match.Groups["word"].Value == "previous_year")
        {
            // Weeks keep their weekdays: the same week a year ago is 52 weeks ago.
            period =
                shown == Grain.Week || calendar?.Unit == Grain.Week
                    ? new EarlierPeriod(52, Grain.Week, shown)
                    : new EarlierPeriod(1, Grain.Year, shown);
        }
        else
        {
            period = times.Count > 0 ? new EarlierPeriod(1, calendar?.Unit ?? shown, shown) : Before(bounds);
        }

        if (period is null)
        {
            diagnostics.Add(MetricDiagnostics.NeedsTime.With(name).Offering(TimesToShow));
            return null;
        }

        var least = calendar?.Unit ?? shown;
        var fits = period.Unit >= least && (least != Grain.Week || period.Unit == Grain.Week);
        if (!fits)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .PeriodsDoNotFit.With(name, calendar?.Name ?? shown.Name())
                    .Offering($"{metric.Name}__previous_period", $"{metric.Name}__previous_year")
            );
            return null;
        }

        return new AskedMetric(name, metric, new EarlierValue(period, difference));
    }

    // As many days as the span has.
    private static EarlierPeriod? Before(TimeBounds? bounds) =>
        bounds is { From: { } from, To: { } to } && to >= from
            ? new EarlierPeriod((to.Date - from.Date).Days + 1, Grain.Day, Grain.Day)
            : null;

    [GeneratedRegex(
        @"^((?<word>previous_period|previous_year)|(?<count>[1-9]\d{0,3})_(?<unit>day|week|month|quarter|year)s?_ago)(?<difference>_change|_growth)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase
    )]
    private static partial Regex EarlierPattern();
}
