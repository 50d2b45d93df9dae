using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Explaining;

/// <summary>
/// Tells definitions of a metric apart: it changes when what the metric counts may change, through its inputs, measures, filters, and the keys and
/// dimensions of the tables that it goes to; not when a label, a description or the place in a file does. The models' own SQL is not in it.
/// </summary>
public static class DefinitionDigest
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(MetricModel model, Metric metric)
    {
        var text = new StringBuilder();
        Append(text, metric);
        foreach (var semantic in Models(model, metric))
        {
            Append(text, semantic);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }

    /// <summary>The semantic models that a metric is computed over, those that its filters go to included.</summary>
    public static IReadOnlyList<SemanticModel> Models(MetricModel model, Metric metric)
    {
        var resolver = new DimensionResolver(model);
        var leaves = MetricLeaves.Of(metric).ToList();
        return
        [
            .. leaves
                .SelectMany(leaf =>
                    leaf.Models.Concat(
                        leaf.Filters.SelectMany(filter => filter.Template.Condition.Dimensions)
                            .Where(dimension => !dimension.IsMetricTime)
                            .SelectMany(dimension =>
                                resolver.Resolve(leaf.Model, dimension.Bare)?.Path.Select(step => step.Target) ?? []
                            )
                    )
                )
                .DistinctBy(semantic => semantic.Name)
                .OrderBy(semantic => semantic.Name, StringComparer.Ordinal),
        ];
    }

    private static void Append(StringBuilder text, Metric metric)
    {
        Part(text, metric.Name, metric.Type, metric.Header.DefaultGrain);
        Append(text, metric.Filters);
        switch (metric)
        {
            case SimpleMetric simple:
                Append(text, simple.Input);
                break;
            case CumulativeMetric cumulative:
                Part(
                    text,
                    cumulative.Window,
                    cumulative.GrainToDate is { Grain: { } plain } ? plain : cumulative.GrainToDate,
                    cumulative.PeriodAggregation
                );
                Append(text, cumulative.Input);
                break;
            case ConversionMetric conversion:
                Part(text, conversion.Entity, conversion.Window, conversion.AsRate);
                Part(text, [.. conversion.ConstantProperties]);
                Append(text, conversion.Base);
                Append(text, conversion.Conversion);
                break;
            case RatioMetric ratio:
                Append(text, ratio.Numerator);
                Append(text, ratio.Denominator);
                break;
            case DerivedMetric derived:
                Part(text, derived.Expression);
                foreach (var input in derived.Inputs)
                {
                    Append(text, input);
                }

                break;
            default:
                throw new InvalidOperationException($"unknown metric type {metric.Type}");
        }
    }

    private static void Append(StringBuilder text, MetricInput input)
    {
        Part(text, input.Alias, input.Offset);
        Append(text, input.Filters);
        Append(text, input.Metric);
    }

    private static void Append(StringBuilder text, MeasureInput input)
    {
        var measure = input.Measure;
        Part(text, input.Model.Name, input.FillNullsWith, input.JoinToTimeSpine);
        Part(text, measure.Name, measure.Aggregation, measure.Expression, measure.TimeDimension);
        Part(text, measure.Percentile, measure.Discrete, measure.Approximate);
        if (measure.NonAdditive is { } nonAdditive)
        {
            Part(text, nonAdditive.Dimension, nonAdditive.Last);
            Part(text, [.. nonAdditive.Groupings]);
        }

        Append(text, input.Filters);
    }

    private static void Append(StringBuilder text, IReadOnlyList<FilterTemplate> filters) =>
        Part(text, [.. filters.Select(filter => filter.Text)]);

    private static void Append(StringBuilder text, SemanticModel semantic)
    {
        Part(text, semantic.Name, semantic.ModelName, semantic.Relation, semantic.Validity);
        foreach (var entity in semantic.Entities)
        {
            Part(text, entity.Name, entity.Type, entity.Expression);
        }

        foreach (var dimension in semantic.Dimensions)
        {
            Part(
                text,
                dimension.Name,
                dimension.Expression,
                dimension.Grain,
                dimension.StoredZone,
                dimension.IsPartition
            );
        }
    }

    // Lengths stand before texts, so that no two definitions run together into one.
    private static void Part(StringBuilder text, params object?[] items)
    {
        text.Append(items.Length).Append('#');
        foreach (var item in items)
        {
            var word = Convert.ToString(item, CultureInfo.InvariantCulture) ?? "";
            text.Append(word.Length).Append(':').Append(word);
        }
    }
}
