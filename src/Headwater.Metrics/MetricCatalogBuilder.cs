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
            semantic =>
                resolver
                    .Reachable(semantic)
                    .Concat(resolver.ReachableEntities(semantic))
                    .DistinctBy(item => item.Reference.BaseName)
                    .ToList()
        );
        var dimensions = reachable
            .Values.SelectMany(items => items)
            .GroupBy(item => item.Reference.BaseName, StringComparer.Ordinal)
            .Select(group => Describe(model, group.Key, group.First().Dimension))
            .Append(
                new DimensionDescription(
                    DimensionReference.MetricTime,
                    "Date",
                    null,
                    true,
                    GrainsFrom(model, Grain.Day)
                )
            )
            .OrderBy(dimension => dimension.Name, StringComparer.Ordinal);
        return new MetricCatalog([.. model.Metrics.Select(metric => Describe(metric, reachable))], [.. dimensions]);
    }

    private static MetricDescription Describe(
        Metric metric,
        Dictionary<SemanticModel, List<(DimensionReference Reference, ResolvedDimension Dimension)>> reachable
    )
    {
        var models = MetricLeaves.Of(metric).Select(leaf => leaf.Model).Distinct().ToList();
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

    private static DimensionDescription Describe(MetricModel model, string name, ResolvedDimension dimension) =>
        new(
            name,
            dimension.Label ?? Label(name.Split("__")[^1]),
            dimension.Description,
            dimension.IsTime,
            dimension.Grain is { } grain ? GrainsFrom(model, grain) : []
        );

    private static string Formula(Metric metric)
    {
        var body = metric switch
        {
            SimpleMetric simple => Formula(simple.Input),
            RatioMetric ratio => $"{Input(ratio.Numerator)} / {Input(ratio.Denominator)}",
            DerivedMetric derived => derived.Expression + Aliases(derived),
            CumulativeMetric { Window: { } window } cumulative => $"{Formula(cumulative.Input)} over {window}",
            CumulativeMetric { GrainToDate: { } grain } cumulative =>
                $"{Formula(cumulative.Input)} since the start of the {grain}",
            CumulativeMetric cumulative => $"{Formula(cumulative.Input)} over all time before",
            ConversionMetric conversion => Formula(conversion),
            _ => metric.Type,
        };
        return metric.Filters.Count == 0 ? body : $"{body} where {Words(metric.Filters)}";
    }

    private static string Formula(MeasureInput input) =>
        Formula(input.Measure) + (input.Filters.Count == 0 ? "" : $" where {Words(input.Filters)}");

    private static string Formula(ConversionMetric conversion)
    {
        var within = conversion.Window is { } window ? $" within {window}" : "";
        var count =
            $"{Formula(conversion.Conversion)} of the same {conversion.Entity}{within} after {conversion.Base.Measure.Name}";
        return conversion.AsRate ? $"{count} / {Formula(conversion.Base)}" : count;
    }

    // What a name in the expression stands for, where that is more than the metric of that name.
    private static string Aliases(DerivedMetric derived)
    {
        var aliases = derived
            .Inputs.Where(input =>
                input.Alias != input.Metric.Name || input.Offset is not null || input.Filters.Count > 0
            )
            .Select(input => $"{input.Alias} = {Input(input)}");
        var text = string.Join(", ", aliases);
        return text.Length == 0 ? "" : $" with {text}";
    }

    private static string Words(IReadOnlyList<FilterTemplate> filters) =>
        string.Join(" and ", filters.Select(filter => filter.Readable));

    private static string Input(MetricInput input)
    {
        var offset = input.Offset is null ? "" : $" {input.Offset}";
        return input.Filters.Count == 0
            ? input.Metric.Name + offset
            : $"({input.Metric.Name}{offset} where {Words(input.Filters)})";
    }

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

    // Periods of a calendar are made of whole plain ones, which the time has to tell apart.
    private static IReadOnlyList<string> GrainsFrom(MetricModel model, Grain finest) =>
        [
            .. Enum.GetValues<Grain>().Where(grain => grain >= finest).Select(grain => grain.Name()),
            .. model.OwnGrains.Where(name => model.FindCalendarGrain(name)?.MadeOf is not { } part || part >= finest),
        ];

    private static string Label(string name)
    {
        var words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
