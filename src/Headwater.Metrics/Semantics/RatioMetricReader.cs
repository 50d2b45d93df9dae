namespace Headwater.Metrics.Semantics;

/// <summary>Reads ratios.</summary>
internal static class RatioMetricReader
{
    public static RatioMetric? Read(MetricEntry entry)
    {
        var numerator = entry.Input(entry.Parameters, "numerator");
        var denominator = entry.Input(entry.Parameters, "denominator");
        var filters = entry.Filters();
        return numerator is null || denominator is null
            ? null
            : new RatioMetric(entry.Header, filters, numerator, denominator);
    }
}
