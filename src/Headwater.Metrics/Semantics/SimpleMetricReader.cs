using Headwater.Kernel.Names;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads simple metrics: of a measure, of a measure by the metric's own name where the entry is one, or with the aggregation written out
/// under <c>metric_aggregation_params</c>.
/// </summary>
internal static class SimpleMetricReader
{
    public static SimpleMetric? Read(MetricEntry entry)
    {
        var filters = entry.Filters();
        var input =
            entry.Parameters.Child("metric_aggregation_params") is { } aggregation ? Aggregated(entry, aggregation)
            : entry.Reader.Has("agg") ? OwnMeasure(entry)
            : entry.Measure(entry.Parameters, "measure", "metric");
        return input is null ? null : new SimpleMetric(entry.Header, filters, input);
    }

    private static MeasureInput? OwnMeasure(MetricEntry entry)
    {
        var name = entry.Reader.RequiredText("name").Text;
        foreach (var model in entry.Models)
        {
            if (
                model.Measures.FirstOrDefault(measure =>
                    string.Equals(measure.Name, name, StringComparison.OrdinalIgnoreCase)
                ) is
                { } measure
            )
            {
                return Of(entry, model, measure);
            }
        }

        // Its model is unknown, which was said where the model stands; or there is none around it.
        entry.Diagnostics.Add(MetricDiagnostics.MetricOutsideModel.At(entry.Header.Location, entry.Header.Name));
        return null;
    }

    private static MeasureInput? Aggregated(MetricEntry entry, MappingReader aggregation)
    {
        var name = aggregation.RequiredText("semantic_model");
        var model = entry.Models.FirstOrDefault(item =>
            string.Equals(item.Name, name.Text, StringComparison.OrdinalIgnoreCase)
        );
        if (model is null)
        {
            entry.Diagnostics.Add(
                MetricDiagnostics
                    .UnknownSemanticModel.At(name.Location, entry.Header.Name, name.Text)
                    .Suggesting(name.Text, [.. entry.Models.Select(item => item.Name)])
            );
            return null;
        }

        var own = entry.Reader.RequiredText("name");
        var expression = aggregation.Text("expr") ?? entry.Parameters.Text("expr");
        var measure = new MeasureReader(entry.Diagnostics).Read(
            aggregation,
            own,
            expression,
            model.DefaultTimeDimension
        );
        MeasureReader.ReportTimes(model.Name, model.Dimensions, [measure], entry.Diagnostics);
        return Of(entry, model, measure);
    }

    private static MeasureInput Of(MetricEntry entry, SemanticModel model, Measure measure) =>
        new(
            model,
            measure,
            [],
            entry.Parameters.Text("fill_nulls_with"),
            entry.Parameters.Boolean("join_to_timespine") ?? false
        );
}
