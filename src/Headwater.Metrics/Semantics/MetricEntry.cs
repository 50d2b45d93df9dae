using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// An entry of <c>metrics:</c> while it is read. What belongs to a type stands under <c>type_params:</c>, or in the newer spelling beside the
/// type.
/// </summary>
internal sealed class MetricEntry(
    MetricHeader header,
    MappingReader reader,
    IReadOnlyList<SemanticModel> models,
    MetricReader metrics,
    DiagnosticBag diagnostics
)
{
    public MetricHeader Header { get; } = header;

    public IReadOnlyList<SemanticModel> Models { get; } = models;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public MappingReader Reader { get; } = reader;

    /// <summary>Where the keys of the type stand.</summary>
    public MappingReader Parameters { get; } = reader.Child("type_params") ?? reader;

    public List<FilterTemplate> Filters() => Filters(Reader);

    public List<FilterTemplate> Filters(MappingReader place)
    {
        var filters = new List<FilterTemplate>();
        foreach (var text in place.Texts("filter"))
        {
            if (FilterTemplate.Parse(text, Diagnostics) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return filters;
    }

    /// <summary>The metric that stands under a key by name or with its filter, alias and offset; null with the reason reported.</summary>
    public MetricInput? Input(MappingReader place, string key) =>
        place.Node(key) is YamlMapping ? Input(place.Child(key)!) : Input(place.RequiredText(key));

    public MetricInput? Input(LocatedText name) =>
        metrics.Input(Header, name) is { } metric ? new MetricInput(metric, metric.Name, []) : null;

    public MetricInput? Input(MappingReader place)
    {
        var metric = metrics.Input(Header, place.RequiredText("name"));
        var filters = Filters(place);
        var offset = Offset(place);
        return metric is null ? null : new MetricInput(metric, place.Text("alias") ?? metric.Name, filters, offset);
    }

    /// <summary>
    /// What is aggregated: a measure under one key, or a simple metric under another, either by name or with its filter; null with the
    /// reason reported.
    /// </summary>
    public MeasureInput? Measure(MappingReader place, string measureKey, string metricKey)
    {
        if (!place.Has(measureKey) && place.Has(metricKey))
        {
            return FromMetric(place, metricKey);
        }

        var nested = place.Node(measureKey) is YamlMapping ? place.Child(measureKey)! : null;
        var name = nested?.RequiredText("name") ?? place.RequiredText(measureKey);
        var filters = nested is null ? [] : Filters(nested);
        return FindMeasure(name) is var (model, measure)
            ? new MeasureInput(
                model,
                measure,
                filters,
                nested?.Text("fill_nulls_with") ?? place.Text("fill_nulls_with"),
                nested?.Boolean("join_to_timespine") ?? place.Boolean("join_to_timespine") ?? false
            )
            : null;
    }

    /// <summary>A length of time under a key, or null: with HW4014 reported if it cannot be read.</summary>
    public PeriodLength? Length(MappingReader place, string key)
    {
        if (place.LocatedText(key) is not { } text)
        {
            return null;
        }

        if (PeriodLength.Parse(text.Text) is { } length)
        {
            return length;
        }

        Diagnostics.Add(MetricDiagnostics.BadLength.At(text.Location, text.Text));
        return null;
    }

    private MeasureInput? FromMetric(MappingReader place, string key)
    {
        if (Input(place, key) is not { } input)
        {
            return null;
        }

        if (input.Metric is SimpleMetric simple)
        {
            return simple.Input with { Filters = [.. simple.Filters, .. simple.Input.Filters, .. input.Filters] };
        }

        Diagnostics.Add(MetricDiagnostics.InputNotSimple.At(place.Location, Header.Name, input.Metric.Name));
        return null;
    }

    private (SemanticModel Model, Measure Measure)? FindMeasure(LocatedText name)
    {
        foreach (var model in Models)
        {
            foreach (var measure in model.Measures)
            {
                if (string.Equals(measure.Name, name.Text, StringComparison.OrdinalIgnoreCase))
                {
                    return (model, measure);
                }
            }
        }

        if (name.Text.Length > 0)
        {
            var known = Models.SelectMany(model => model.Measures).Select(measure => measure.Name);
            Diagnostics.Add(
                MetricDiagnostics.UnknownMeasure.At(name.Location, name.Text).Suggesting(name.Text, [.. known])
            );
        }

        return null;
    }

    private TimeOffset? Offset(MappingReader place) =>
        Length(place, "offset_window") is { } window ? new WindowOffset(window)
        : place.Text("offset_to_grain") is { } grain ? new StartOfPeriod(PeriodKind.Read(grain))
        : null;
}
