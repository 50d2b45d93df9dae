using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads cumulative metrics.</summary>
internal static class CumulativeMetricReader
{
    private static readonly Dictionary<string, PeriodAggregation> Aggregations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["first"] = PeriodAggregation.First,
        ["last"] = PeriodAggregation.Last,
        ["average"] = PeriodAggregation.Average,
    };

    public static CumulativeMetric? Read(MetricEntry entry)
    {
        var filters = entry.Filters();
        var outer = entry.Parameters;
        var inner = outer.Child("cumulative_type_params") ?? outer;
        var input = entry.Measure(
            outer.Has("measure") ? outer : inner,
            "measure",
            outer == inner ? "input_metric" : "metric"
        );
        var window = entry.Length(inner.Has("window") ? inner : outer, "window");
        var grain = (inner.Has("grain_to_date") ? inner : outer).Text("grain_to_date") is { } name
            ? PeriodKind.Read(name)
            : null;
        if (window is not null && grain is not null)
        {
            entry.Diagnostics.Add(MetricDiagnostics.WindowAndGrain.At(entry.Header.Location, entry.Header.Name));
        }

        return input is null
            ? null
            : new CumulativeMetric(
                entry.Header,
                filters,
                input,
                window,
                grain,
                inner.Choice("period_agg", Aggregations) ?? PeriodAggregation.First
            );
    }
}
