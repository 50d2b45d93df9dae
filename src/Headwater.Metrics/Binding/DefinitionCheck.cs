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
                CheckOffsets(model, leaf, metric, diagnostics);
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

    private static void CheckOffsets(MetricModel model, MetricLeaf leaf, Metric metric, DiagnosticBag diagnostics)
    {
        foreach (var offset in leaf.Offsets)
        {
            if (offset is WindowOffset { Length.Custom: { } custom } && model.FindCustomGrain(custom) is null)
            {
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownGrain.At(metric.Header.Location, metric.Name, custom)
                        .Suggesting(custom, model.OwnGrains)
                );
            }
        }
    }
}
