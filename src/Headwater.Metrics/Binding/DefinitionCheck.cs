using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>Checks what can only be checked when everything is read: that filters reach their dimensions and that time spines are there.</summary>
internal static class DefinitionCheck
{
    public static void Run(MetricModel model, DiagnosticBag diagnostics)
    {
        var resolver = new DimensionResolver(model);
        foreach (var metric in model.Metrics)
        {
            var leaves = MetricLeaves.Of(metric).ToList();
            foreach (var leaf in leaves)
            {
                CheckPeriods(model, leaf, metric, diagnostics);
            }

            CheckSpine(model, leaves, metric, diagnostics);

            foreach (var filter in metric.Filters)
            {
                foreach (var operand in filter.Condition.Operands)
                {
                    CheckOperand(model, resolver, metric, leaves, filter, operand, diagnostics);
                }
            }
        }
    }

    private static void CheckOperand(
        MetricModel model,
        DimensionResolver resolver,
        Metric metric,
        List<MetricLeaf> leaves,
        FilterTemplate filter,
        FilterOperand operand,
        DiagnosticBag diagnostics
    )
    {
        if (operand is MetricReference inner && model.Find(inner.Metric) is null)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownInput.At(filter.Location, metric.Name, inner.Metric)
                    .Suggesting(inner.Metric, [.. model.Metrics.Select(known => known.Name)])
            );
        }

        if (operand is not DimensionReference { IsMetricTime: false } written)
        {
            return;
        }

        var reference = written.WithCustomGrain(model.IsOwnGrain).Bare;
        foreach (
            var from in leaves
                .Select(leaf => leaf.Model)
                .Distinct(ReferenceEqualityComparer.Instance)
                .Cast<SemanticModel>()
        )
        {
            if (resolver.Resolve(from, reference) is null)
            {
                var known = resolver.Reachable(from).Select(item => item.Reference.BaseName);
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownDefinitionDimension.At(filter.Location, metric.Name, reference)
                        .Suggesting(reference.BaseName, [.. known])
                );
            }
        }
    }

    // Totals can be had without one, so that this is no error.
    private static void CheckSpine(MetricModel model, List<MetricLeaf> leaves, Metric metric, DiagnosticBag diagnostics)
    {
        var missing = leaves
            .Where(leaf =>
                leaf.Metric is CumulativeMetric
                || leaf.Offsets.Count > 0
                || (leaf.Conversion?.Conversion ?? leaf.Input).JoinToTimeSpine
            )
            .Select(leaf => leaf.Model.FindDimension(leaf.Measure.TimeDimension ?? "")?.Grain)
            .OfType<Grain>()
            .Select(DefaultGrains.OfDimension)
            .Where(grain => model.FindSpine(grain) is null)
            .ToList();
        if (missing.Count > 0)
        {
            diagnostics.Add(
                MetricDiagnostics.NoTimeSpine.At(metric.Header.Location, metric.Name, missing.Min().Name())
            );
        }
    }

    // Those of its inputs are reported there.
    private static void CheckPeriods(MetricModel model, MetricLeaf leaf, Metric metric, DiagnosticBag diagnostics)
    {
        foreach (var period in leaf.Offsets.Select(Period).Concat(Own(leaf.Metric, metric)).OfType<PeriodKind>())
        {
            if (period.Custom is { } custom && !model.IsOwnGrain(custom))
            {
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownGrain.At(metric.Header.Location, metric.Name, custom)
                        .Suggesting(custom, [.. model.OwnGrains, .. Grains.Names])
                );
            }
            else if (
                period.Custom is { } own
                && model.FindCalendarGrain(own)?.MadeOf is { } part
                && leaf.Model.FindDimension(leaf.Measure.TimeDimension ?? "")?.Grain is { } kept
                && kept > part
            )
            {
                diagnostics.Add(
                    MetricDiagnostics.GrainFinerThanTime.At(metric.Header.Location, metric.Name, own, kept.Name())
                );
            }
        }
    }

    private static PeriodKind? Period(TimeOffset offset) =>
        offset switch
        {
            WindowOffset { Length: var length } => new PeriodKind(length.Grain, length.Custom),
            StartOfPeriod start => start.Period,
            _ => throw new InvalidOperationException($"unknown offset {offset.GetType().Name}"),
        };

    private static IEnumerable<PeriodKind?> Own(Metric of, Metric metric) =>
        of is CumulativeMetric cumulative && ReferenceEquals(of, metric)
            ?
            [
                cumulative.GrainToDate,
                cumulative.Window is { } window ? new PeriodKind(window.Grain, window.Custom) : null,
            ]
            : [];
}
