using Headwater.Kernel.Names;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads conversion metrics.</summary>
internal static class ConversionMetricReader
{
    private static readonly Dictionary<string, bool> IsRateByCalculation = new(StringComparer.OrdinalIgnoreCase)
    {
        ["conversion_rate"] = true,
        ["conversions"] = false,
    };

    public static ConversionMetric? Read(MetricEntry entry)
    {
        var filters = entry.Filters();
        var reader = entry.Parameters.Child("conversion_type_params") ?? entry.Parameters;
        var source = entry.Measure(reader, "base_measure", "base_metric");
        var conversion = entry.Measure(reader, "conversion_measure", "conversion_metric");
        var entity = reader.RequiredText("entity");
        var window = entry.Length(reader, "window");
        var properties = reader
            .Mappings("constant_properties")
            .Select(item => new ConstantProperty(
                item.RequiredText("base_property").Text.ToLowerInvariant(),
                item.RequiredText("conversion_property").Text.ToLowerInvariant()
            ))
            .ToList();
        if (source is null || conversion is null || entity.Text.Length == 0)
        {
            return null;
        }

        var complete = true;
        foreach (
            var model in ReferenceEquals(source.Model, conversion.Model)
                ? (SemanticModel[])[source.Model]
                : [source.Model, conversion.Model]
        )
        {
            if (model.FindEntity(entity.Text) is null)
            {
                entry.Diagnostics.Add(
                    MetricDiagnostics
                        .UnknownEntity.At(entity.Location, entry.Header.Name, entity.Text, model.Name)
                        .Suggesting(entity.Text, [.. model.Entities.Select(item => item.Name)])
                );
                complete = false;
            }
        }

        if (window?.Custom is { } custom)
        {
            entry.Diagnostics.Add(MetricDiagnostics.CustomWindow.At(entry.Header.Location, entry.Header.Name, custom));
            complete = false;
        }

        return complete
            ? new ConversionMetric(
                entry.Header,
                filters,
                source,
                conversion,
                entity.Text.ToLowerInvariant(),
                window,
                reader.Choice("calculation", IsRateByCalculation) ?? true,
                properties
            )
            : null;
    }
}
