using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Reconciling;

/// <summary>Finds how the rows of two metrics can be matched. Stateless; safe for several threads.</summary>
public sealed class SideMatch(MetricModel model)
{
    /// <summary>The metric, if rows of its table add up to it.</summary>
    /// <exception cref="DiagnosticException">HW4101; HW4130 with what could be reconciled instead.</exception>
    public SimpleMetric Find(string name)
    {
        var metric =
            model.Find(name.Trim().ToLowerInvariant())
            ?? throw MetricDiagnostics
                .UnknownMetric.With(name)
                .Suggesting(name, [.. model.Metrics.Select(known => known.Name)])
                .ToException();
        return metric switch
        {
            SimpleMetric { Input.Measure.NonAdditive: not null } => throw Refuse(
                metric,
                "only an end of a period counts"
            ),
            SimpleMetric { Input.Measure.Aggregation: Aggregation.Sum or Aggregation.Count } simple => simple,
            SimpleMetric { Input.Measure.Aggregation: Aggregation.CountDistinct or Aggregation.SumBoolean } simple =>
                simple,
            SimpleMetric simple => throw Refuse(
                metric,
                $"it takes the {simple.Input.Measure.Aggregation.ToString().ToLowerInvariant()} of its rows"
            ),
            RatioMetric ratio => throw Refuse(metric, "it is a ratio", ratio.Numerator, ratio.Denominator),
            DerivedMetric derived => throw Refuse(metric, "it is computed from others", [.. derived.Inputs]),
            CumulativeMetric => throw Refuse(metric, "it counts rows again at later times"),
            _ => throw Refuse(metric, "it counts pairs of events"),
        };
    }

    /// <summary>The entity by which the rows of two metrics are matched: the one that names at most one row on most sides; null where none is common.</summary>
    public static string? CommonEntity(SimpleMetric left, SimpleMetric right) =>
        Known(left)
            .Join(Known(right), entity => entity.Name, entity => entity.Name, (own, other) => (own, other))
            .OrderByDescending(pair => Rank(pair.own) + Rank(pair.other))
            .ThenBy(pair => pair.own.Name, StringComparer.Ordinal)
            .Select(pair => pair.own.Name)
            .FirstOrDefault();

    /// <summary>Whether rows are known by the value that the metric counts.</summary>
    public static bool CountsValues(SimpleMetric metric) =>
        metric.Input.Measure.Aggregation == Aggregation.CountDistinct;

    /// <summary>Whether both count distinct values, which are then what rows are matched by.</summary>
    public static bool CountSameValues(SimpleMetric left, SimpleMetric right) =>
        CountsValues(left) && CountsValues(right);

    /// <summary>The dimensions that both metrics can be shown by, <c>metric_time</c> by month among them.</summary>
    public IReadOnlyList<string> CommonDimensions(SimpleMetric left, SimpleMetric right)
    {
        var resolver = new DimensionResolver(model);
        return
        [
            .. Names(left).Intersect(Names(right), StringComparer.Ordinal).Order(StringComparer.Ordinal),
            DimensionReference.MetricTime + "__month",
        ];

        IEnumerable<string> Names(SimpleMetric metric) =>
            resolver.Reachable(metric.Input.Model).Select(item => item.Reference.BaseName);
    }

    // Of distinct values each counts once, so the rows are known by the value itself: an entity only if it is the same.
    private static IEnumerable<Entity> Known(SimpleMetric metric) =>
        metric.Input.Measure.Aggregation == Aggregation.CountDistinct
            ? metric.Input.Model.Entities.Where(entity => entity.Expression == metric.Input.Measure.Expression)
            : metric.Input.Model.Entities;

    private static int Rank(Entity entity) => entity.Type is EntityType.Primary or EntityType.Unique ? 1 : 0;

    private static DiagnosticException Refuse(Metric metric, string why, params MetricInput[] inputs) =>
        (
            MetricDiagnostics.CannotReconcile.With(metric.Name, why) with
            {
                Hint =
                    inputs.Length == 0
                        ? "sums and counts can be: define the sum and the count that it stands on"
                        : $"reconcile what it is made of, one by one: {string.Join(", ", inputs.Select(input => input.Metric.Name))}",
                Candidates = [.. inputs.Select(input => input.Metric.Name).Distinct()],
            }
        ).ToException();
}
