using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics;

/// <summary>Describes the metrics of a project for people.</summary>
public static class MetricCatalogBuilder
{
    public static MetricCatalog Build(MetricModel model)
    {
        var resolver = new DimensionResolver(model);
        var reachable = model.Models.ToDictionary(
            semantic => semantic,
            semantic => resolver.Reachable(semantic).DistinctBy(item => item.Reference.BaseName).ToList()
        );
        var dimensions = reachable
            .Values.SelectMany(items => items)
            .GroupBy(item => item.Reference.BaseName, StringComparer.Ordinal)
            .Select(group => Describe(group.Key, group.First().Dimension))
            .Append(new DimensionDescription(DimensionReference.MetricTime, "Date", null, true, GrainsFrom(Grain.Day)))
            .OrderBy(dimension => dimension.Name, StringComparer.Ordinal);
        return new MetricCatalog([.. model.Metrics.Select(metric => Describe(metric, reachable))], [.. dimensions]);
    }

    private static MetricDescription Describe(
        Metric metric,
        Dictionary<SemanticModel, List<(DimensionReference Reference, ResolvedDimension Dimension)>> reachable
    )
    {
        var models = MetricLeaves.Of(metric).Select(leaf => leaf.Metric.Model).Distinct().ToList();
        var shared = models
            .Select(semantic => reachable[semantic].Select(item => item.Reference.BaseName))
            .Aggregate((left, right) => left.Intersect(right, StringComparer.Ordinal))
            .Append(DimensionReference.MetricTime)
            .Order(StringComparer.Ordinal);
        var header = metric.Header;
        return new MetricDescription(
            metric.Name,
            header.Label ?? Label(metric.Name),
            header.Description,
            metric.Type,
            Formula(metric),
            header.Owner,
            header.Format,
            [.. models.Select(semantic => semantic.ModelName).Distinct()],
            [.. shared],
            header.Location
        );
    }

    private static DimensionDescription Describe(string name, ResolvedDimension dimension) =>
        new(
            name,
            dimension.Label ?? Label(name.Split("__")[^1]),
            dimension.Description,
            dimension.IsTime,
            dimension.Grain is { } grain ? GrainsFrom(grain) : []
        );

    private static string Formula(Metric metric)
    {
        var body = metric switch
        {
            SimpleMetric simple => Formula(simple.Measure),
            RatioMetric ratio => $"{Input(ratio.Numerator)} / {Input(ratio.Denominator)}",
            DerivedMetric derived => derived.Expression,
            _ => metric.Type,
        };
        return metric.Filters.Count == 0
            ? body
            : $"{body} where {string.Join(" and ", metric.Filters.Select(Readable))}";
    }

    private static string Input(MetricInput input) =>
        input.Filters.Count == 0
            ? input.Metric.Name
            : $"({input.Metric.Name} where {string.Join(" and ", input.Filters.Select(Readable))})";

    private static string Readable(FilterTemplate filter) =>
        string.Concat(
            filter.Parts.Select(part =>
                part switch
                {
                    FilterSql sql => sql.Text,
                    FilterDimension dimension => dimension.Reference.ToString(),
                    _ => "",
                }
            )
        );

    private static string Formula(Measure measure) =>
        measure.Aggregation switch
        {
            Aggregation.Sum => $"sum({measure.Expression})",
            Aggregation.Min => $"min({measure.Expression})",
            Aggregation.Max => $"max({measure.Expression})",
            Aggregation.Count => $"count({measure.Expression})",
            Aggregation.CountDistinct => $"count(distinct {measure.Expression})",
            Aggregation.SumBoolean => $"count of rows where {measure.Expression}",
            Aggregation.Average => $"average({measure.Expression})",
            Aggregation.Median => $"median({measure.Expression})",
            _ => $"{measure.Percentile:P0} percentile of {measure.Expression}",
        };

    private static IReadOnlyList<string> GrainsFrom(Grain finest) =>
        [.. Enum.GetValues<Grain>().Where(grain => grain >= finest).Select(grain => grain.Name())];

    private static string Label(string name)
    {
        var words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
