using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>Finds what the dimensions of a query are, seen from the tables of its measures. Stateless; safe for several threads.</summary>
internal sealed class ReferenceBinder(MetricModel model)
{
    private readonly DimensionResolver _resolver = new(model);
    private readonly DimensionModelFinder _models = new(model);

    /// <summary>A dimension by the name that a query has for it.</summary>
    public DimensionReference Read(string text) => Read(DimensionReference.Parse(text));

    public FilterOperand Read(FilterOperand operand) =>
        operand switch
        {
            DimensionReference reference => Read(reference),
            MetricReference metric => metric with { GroupBy = [.. metric.GroupBy.Select(Read)] },
            _ => operand,
        };

    /// <summary>The whole spelling of each operand, the same in every metric; what is wrong is reported and left out.</summary>
    public IReadOnlyDictionary<FilterOperand, FilterOperand> Complete(
        IReadOnlyList<Metric> metrics,
        IReadOnlyList<FilterOperand> operands,
        DiagnosticBag diagnostics
    )
    {
        var whole = new Dictionary<FilterOperand, FilterOperand>();
        foreach (var metric in metrics)
        {
            foreach (
                var leaf in MetricLeaves.Of(metric).DistinctBy(leaf => (leaf.Model.Name, leaf.Measure.TimeDimension))
            )
            {
                foreach (var operand in operands)
                {
                    Complete(metric, leaf, operand, whole, diagnostics);
                }
            }
        }

        return whole;
    }

    /// <summary>The model from which the dimensions of a query without metrics are read: the one with the shortest joins.</summary>
    public (SemanticModel?, IReadOnlyDictionary<FilterOperand, FilterOperand>) CompleteDimensions(
        IReadOnlyList<FilterOperand> operands,
        DiagnosticBag diagnostics
    )
    {
        var whole = new Dictionary<FilterOperand, FilterOperand>();
        var references = operands
            .SelectMany(operand => operand is MetricReference metric ? JoinKeys(metric) : [(DimensionReference)operand])
            .Where(reference => !reference.IsMetricTime)
            .ToList();
        foreach (var operand in operands)
        {
            CheckMetricTime(operand, diagnostics);
            CheckMetric(operand, diagnostics);
        }

        if (references.Count == 0)
        {
            return (null, whole);
        }

        if (_models.Find(references, diagnostics) is not { } best)
        {
            return (null, whole);
        }

        foreach (var reference in operands.OfType<DimensionReference>().Where(item => !item.IsMetricTime))
        {
            var complete = _resolver.Complete(best, reference)!;
            whole[reference] = complete;
            CheckGrain(complete, _resolver.Resolve(best, complete)!, diagnostics);
        }

        return (best, whole);
    }

    /// <summary>A bare time means its days: the grain that people mean by "by date".</summary>
    public DimensionReference WithGrain(
        DimensionReference reference,
        IReadOnlyList<Metric> metrics,
        SemanticModel? dimensionModel
    )
    {
        if (reference.HasGrain)
        {
            return reference;
        }

        if (reference.IsMetricTime)
        {
            return reference with { Grain = DefaultGrains.OfMetricTime(metrics) };
        }

        var finest = metrics
            .SelectMany(MetricLeaves.Of)
            .Select(leaf => leaf.Model)
            .Concat(dimensionModel is null ? [] : [dimensionModel])
            .Select(from => TryResolve(from, reference)?.Grain)
            .Max();
        return finest is { } kept ? reference with { Grain = DefaultGrains.OfDimension(kept) } : reference;
    }

    private DimensionReference Read(DimensionReference reference) => reference.WithCustomGrain(model.IsOwnGrain);

    private void Complete(
        Metric metric,
        MetricLeaf leaf,
        FilterOperand operand,
        Dictionary<FilterOperand, FilterOperand> whole,
        DiagnosticBag diagnostics
    )
    {
        switch (operand)
        {
            case MetricReference inner:
                CheckMetric(inner, diagnostics);
                foreach (var key in JoinKeys(inner))
                {
                    Find(metric, leaf, key, diagnostics);
                }

                break;
            case DimensionReference { IsMetricTime: true } time:
                CheckGrain(time, DimensionResolver.MetricTime(leaf.Model, leaf.Measure), diagnostics);
                break;
            case DimensionReference reference when Find(metric, leaf, reference, diagnostics) is { } complete:
                if (whole.TryGetValue(reference, out var other) && !other.Equals(complete))
                {
                    diagnostics.Add(MetricDiagnostics.DifferentPaths.With(reference, other, complete));
                }

                whole[reference] = complete;
                break;
            default:
                break;
        }
    }

    private DimensionReference? Find(
        Metric metric,
        MetricLeaf leaf,
        DimensionReference reference,
        DiagnosticBag diagnostics
    )
    {
        try
        {
            if (_resolver.Complete(leaf.Model, reference) is { } complete)
            {
                CheckGrain(complete, _resolver.Resolve(leaf.Model, complete)!, diagnostics);
                return complete;
            }
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics);
            return null;
        }

        diagnostics.Add(Unreachable(metric, leaf, reference));
        return null;
    }

    private Diagnostic Unreachable(Metric metric, MetricLeaf leaf, DimensionReference reference)
    {
        var possible = _resolver.Reachable(leaf.Model).Select(item => item.Reference.BaseName).Distinct().ToList();
        var elsewhere = model
            .Models.SelectMany(_resolver.Reachable)
            .Any(item => item.Reference.BaseName == reference.BaseName);
        return elsewhere
            ? MetricDiagnostics.NoWay.With(
                reference.BaseName,
                metric.Name,
                leaf.Model.Name,
                string.Join(", ", possible.Append(DimensionReference.MetricTime))
            )
            : MetricDiagnostics
                .UnknownDimension.With(reference.BaseName, metric.Name)
                .Suggesting(reference.BaseName, [.. possible, DimensionReference.MetricTime]);
    }

    private void CheckMetric(FilterOperand operand, DiagnosticBag diagnostics)
    {
        if (operand is MetricReference reference && model.Find(reference.Metric) is null)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownMetric.With(reference.Metric)
                    .Suggesting(reference.Metric, [.. model.Metrics.Select(known => known.Name)])
            );
        }
    }

    private void CheckMetricTime(FilterOperand operand, DiagnosticBag diagnostics)
    {
        if (
            operand is DimensionReference { IsMetricTime: true, CustomGrain: null } time
            && model.FindSpine(time.Grain ?? Grain.Day) is null
        )
        {
            diagnostics.Add(MetricDiagnostics.NoSpineFor.With(time, (time.Grain ?? Grain.Day).Name()));
        }
    }

    private void CheckGrain(DimensionReference reference, ResolvedDimension found, DiagnosticBag diagnostics)
    {
        if (reference.HasGrain && !found.IsTime)
        {
            var grain = reference.Grain?.Name() ?? reference.CustomGrain ?? reference.Part?.Name();
            diagnostics.Add(MetricDiagnostics.NotATime.With(reference.BaseName, grain));
            return;
        }

        var asked = reference.Grain ?? reference.Part?.Needs();
        if (reference.CustomGrain is { } custom)
        {
            asked = model.FindCalendarGrain(custom)?.MadeOf ?? model.FindCustomGrain(custom)?.Grain;
            if (asked is null)
            {
                diagnostics.Add(
                    MetricDiagnostics
                        .UnknownCustomGrain.With(custom)
                        .Suggesting(custom, [.. Grains.Names, .. model.OwnGrains])
                );
            }
        }

        if (asked < found.Grain)
        {
            diagnostics.Add(
                MetricDiagnostics.GrainTooFine.With(
                    reference.BaseName,
                    found.Grain!.Value.Name(),
                    reference.CustomGrain ?? asked!.Value.Name()
                )
            );
        }
    }

    private ResolvedDimension? TryResolve(SemanticModel candidate, DimensionReference reference)
    {
        try
        {
            return _resolver.Resolve(candidate, reference);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    /// <summary>What a metric of an entity is joined by: the entity itself, whatever path leads to it in the metric's own tables.</summary>
    public static IEnumerable<DimensionReference> JoinKeys(MetricReference metric) =>
        metric.GroupBy.Select(reference => new DimensionReference([], reference.Name, null));
}
