using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads what says how a column is aggregated: a measure, or a metric that is one itself.</summary>
internal sealed class MeasureReader(DiagnosticBag diagnostics)
{
    private static readonly Dictionary<string, Aggregation> Aggregations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = Aggregation.Sum,
        ["min"] = Aggregation.Min,
        ["max"] = Aggregation.Max,
        ["count"] = Aggregation.Count,
        ["count_distinct"] = Aggregation.CountDistinct,
        ["sum_boolean"] = Aggregation.SumBoolean,
        ["average"] = Aggregation.Average,
        ["avg"] = Aggregation.Average,
        ["median"] = Aggregation.Median,
        ["percentile"] = Aggregation.Percentile,
    };

    private static readonly Dictionary<string, bool> IsLastByChoice = new(StringComparer.OrdinalIgnoreCase)
    {
        ["min"] = false,
        ["max"] = true,
    };

    private static readonly Dictionary<string, bool> IsDiscreteByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["continuous"] = false,
        ["discrete"] = true,
    };

    public Measure Read(MappingReader reader, string? defaultTime)
    {
        var name = reader.RequiredName("name");
        return Read(reader, name, reader.Text("expr"), defaultTime);
    }

    /// <param name="reader">What holds <c>agg</c> and its parameters.</param>
    /// <param name="name">The measure's name.</param>
    /// <param name="expression">SQL, or null for a column of the measure's name.</param>
    /// <param name="defaultTime">The time where none is named.</param>
    public Measure Read(MappingReader reader, LocatedText name, string? expression, string? defaultTime)
    {
        var aggregation = reader.Choice("agg", Aggregations) ?? Aggregation.Sum;
        var parameters = reader.Child("agg_params");
        var percentile = ((parameters?.Node("percentile") ?? reader.Node("percentile")) as YamlScalar)?.AsNumber ?? -1;
        if (aggregation == Aggregation.Percentile && percentile is < 0 or > 1)
        {
            diagnostics.Add(MetricDiagnostics.BadPercentile.At(name.Location, name.Text));
        }

        return new Measure(
            name.Text.ToLowerInvariant(),
            aggregation,
            expression ?? name.Text,
            (reader.Text("agg_time_dimension") ?? defaultTime)?.ToLowerInvariant(),
            percentile,
            parameters?.Boolean("use_discrete_percentile")
                ?? reader.Choice("percentile_type", IsDiscreteByType)
                ?? false,
            reader.Text("label"),
            reader.Text("description"),
            name.Location
        )
        {
            Approximate = parameters?.Boolean("use_approximate_percentile") ?? false,
            NonAdditive = reader.Child("non_additive_dimension") is { } child ? ReadNonAdditive(child) : null,
        };
    }

    /// <summary>Reports measures whose time is missing or unknown.</summary>
    public static void ReportTimes(
        string model,
        IReadOnlyList<Dimension> dimensions,
        IEnumerable<Measure> measures,
        DiagnosticBag diagnostics
    )
    {
        var times = dimensions.Where(dimension => dimension.IsTime).Select(dimension => dimension.Name).ToList();
        foreach (var measure in measures)
        {
            if (measure.TimeDimension is null)
            {
                diagnostics.Add(MetricDiagnostics.NoTimeDimension.At(measure.Location, measure.Name));
            }
            else if (!times.Contains(measure.TimeDimension))
            {
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownTimeDimension.At(measure.Location, measure.TimeDimension, model)
                        .Suggesting(measure.TimeDimension, times)
                );
            }

            if (measure.NonAdditive is { } nonAdditive && !times.Contains(nonAdditive.Dimension))
            {
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownTimeDimension.At(measure.Location, nonAdditive.Dimension, model)
                        .Suggesting(nonAdditive.Dimension, times)
                );
            }
        }
    }

    private static NonAdditive ReadNonAdditive(MappingReader reader) =>
        new(
            reader.RequiredText("name").Text.ToLowerInvariant(),
            reader.Choice("window_choice", IsLastByChoice) ?? reader.Choice("window_agg", IsLastByChoice) ?? false,
            [
                .. reader
                    .Texts("window_groupings")
                    .Concat(reader.Texts("group_by"))
                    .Select(item => item.Text.ToLowerInvariant()),
            ]
        );
}
