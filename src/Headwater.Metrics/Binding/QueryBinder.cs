using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>Resolves the names of a request, reporting all that are wrong at once. Stateless; safe for several threads.</summary>
public sealed class QueryBinder(MetricModel model)
{
    private readonly DimensionResolver _resolver = new(model);

    /// <exception cref="DiagnosticException">HW41xx: every mistake of the request.</exception>
    public BoundQuery Bind(MetricRequest request)
    {
        var diagnostics = new DiagnosticBag();
        if (request.Metrics.Count == 0 && request.GroupBy.Count == 0)
        {
            diagnostics.Add(MetricDiagnostics.NothingAsked.With());
        }

        if (request.Limit <= 0)
        {
            diagnostics.Add(MetricDiagnostics.BadLimit.With(request.Limit));
        }

        var metrics = request.Metrics.Select(name => FindMetric(name, diagnostics)).OfType<Metric>().ToList();
        var groupBy = request.GroupBy.Select(DimensionReference.Parse).ToList();
        var where = request.Where.Select(text => ParseCondition(text, diagnostics)).OfType<Condition>().ToList();
        ReportRepeated(metrics, groupBy, diagnostics);

        var used = groupBy.Concat(where.SelectMany(condition => condition.Dimensions)).Distinct().ToList();
        SemanticModel? dimensionModel = null;
        if (metrics.Count == request.Metrics.Count)
        {
            if (metrics.Count > 0)
            {
                CheckDimensions(metrics, used, diagnostics);
            }
            else if (used.Count > 0)
            {
                dimensionModel = FindDimensionModel(used, diagnostics);
            }
        }

        // A bare time means its days: the grain that people mean by "by date".
        groupBy = [.. groupBy.Select(reference => WithDefaultGrain(reference, metrics, dimensionModel))];
        var order = BindOrder(request, metrics, groupBy, diagnostics);
        diagnostics.ThrowIfErrors();
        return new BoundQuery(metrics, groupBy, where, order, request.Limit, dimensionModel);
    }

    private Metric? FindMetric(string name, DiagnosticBag diagnostics)
    {
        var metric = model.Find(name.Trim());
        if (metric is null)
        {
            diagnostics.Add(
                MetricDiagnostics.UnknownMetric.With(name) with
                {
                    Hint = NearestName.Hint(name, [.. model.Metrics.Select(known => known.Name)]),
                }
            );
        }

        return metric;
    }

    private static Condition? ParseCondition(string text, DiagnosticBag diagnostics)
    {
        try
        {
            return ConditionParser.Parse(text);
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics);
            return null;
        }
    }

    private void CheckDimensions(List<Metric> metrics, List<DimensionReference> used, DiagnosticBag diagnostics)
    {
        foreach (var metric in metrics)
        {
            foreach (var leaf in MetricLeaves.Of(metric).DistinctBy(leaf => leaf.Metric.Measure))
            {
                foreach (var reference in used)
                {
                    Check(metric, leaf.Metric, reference, diagnostics);
                }
            }
        }
    }

    private void Check(Metric metric, SimpleMetric leaf, DimensionReference reference, DiagnosticBag diagnostics)
    {
        ResolvedDimension? found;
        try
        {
            found = reference.IsMetricTime
                ? DimensionResolver.MetricTime(leaf.Model, leaf.Measure)
                : _resolver.Resolve(leaf.Model, reference);
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics);
            return;
        }

        if (found is null)
        {
            var known = _resolver
                .Reachable(leaf.Model)
                .Select(item => item.Reference.BaseName)
                .Append(DimensionReference.MetricTime);
            diagnostics.Add(
                MetricDiagnostics.UnknownDimension.With(reference.BaseName, metric.Name) with
                {
                    Hint = NearestName.Hint(reference.BaseName, [.. known]),
                }
            );
        }
        else
        {
            CheckGrain(reference, found, diagnostics);
        }
    }

    private static void CheckGrain(DimensionReference reference, ResolvedDimension found, DiagnosticBag diagnostics)
    {
        if (reference.Grain is { } grain && !found.IsTime)
        {
            diagnostics.Add(MetricDiagnostics.NotATime.With(reference.BaseName, grain.Name()));
        }
        else if (reference.Grain < found.Grain)
        {
            diagnostics.Add(
                MetricDiagnostics.GrainTooFine.With(
                    reference.BaseName,
                    found.Grain!.Value.Name(),
                    reference.Grain!.Value.Name()
                )
            );
        }
    }

    private SemanticModel? FindDimensionModel(List<DimensionReference> used, DiagnosticBag diagnostics)
    {
        // The table with the shortest joins: the dimension's own if there is one.
        var best = model
            .Models.Select(candidate =>
                (candidate, found: used.Select(reference => TryResolve(candidate, reference)).ToList())
            )
            .Where(pair => pair.found.TrueForAll(found => found is not null))
            .OrderBy(pair => pair.found.Sum(found => found!.Path.Count))
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        if (best is null)
        {
            var known = model
                .Models.SelectMany(_resolver.Reachable)
                .Select(item => item.Reference.BaseName)
                .ToHashSet();
            var unknown = used.Where(reference => !known.Contains(reference.BaseName)).ToList();
            foreach (var reference in unknown)
            {
                diagnostics.Add(
                    MetricDiagnostics.UnknownDimension.With(reference.BaseName, "any table") with
                    {
                        Hint = NearestName.Hint(reference.BaseName, known),
                    }
                );
            }

            if (unknown.Count == 0)
            {
                diagnostics.Add(MetricDiagnostics.NoCommonModel.With(string.Join(", ", used)));
            }
        }
        else
        {
            foreach (var reference in used)
            {
                CheckGrain(reference, _resolver.Resolve(best, reference)!, diagnostics);
            }
        }

        return best;
    }

    private ResolvedDimension? TryResolve(SemanticModel candidate, DimensionReference reference)
    {
        try
        {
            return _resolver.Resolve(candidate, reference);
        }
        catch (DiagnosticException)
        {
            // Ambiguous from here: another table may have it plainly.
            return null;
        }
    }

    private DimensionReference WithDefaultGrain(
        DimensionReference reference,
        List<Metric> metrics,
        SemanticModel? dimensionModel
    )
    {
        if (reference.Grain is not null)
        {
            return reference;
        }

        var leaves = metrics.SelectMany(MetricLeaves.Of).Select(leaf => leaf.Metric);
        var grains = reference.IsMetricTime
            ? leaves.Select(leaf => DimensionResolver.MetricTime(leaf.Model, leaf.Measure).Grain)
            : leaves
                .Select(leaf => leaf.Model)
                .Concat(dimensionModel is null ? [] : [dimensionModel])
                .Select(from => TryResolve(from, reference)?.Grain);
        var finest = grains.Max();
        return finest is null ? reference : reference with { Grain = (Grain)Math.Max((int)finest, (int)Grain.Day) };
    }

    private static void ReportRepeated(
        List<Metric> metrics,
        List<DimensionReference> groupBy,
        DiagnosticBag diagnostics
    )
    {
        var columns = groupBy.Select(reference => reference.ToString()).Concat(metrics.Select(metric => metric.Name));
        foreach (var repeated in columns.GroupBy(name => name).Where(group => group.Skip(1).Any()))
        {
            diagnostics.Add(MetricDiagnostics.DuplicateColumn.With(repeated.Key));
        }
    }

    private static List<SortKey> BindOrder(
        MetricRequest request,
        List<Metric> metrics,
        List<DimensionReference> groupBy,
        DiagnosticBag diagnostics
    )
    {
        var columns = groupBy.Select(reference => reference.ToString()).Concat(metrics.Select(m => m.Name)).ToList();
        var keys = new List<SortKey>();
        foreach (var text in request.OrderBy)
        {
            var descending = text.StartsWith('-');
            var name = text.TrimStart('-', '+').Trim().ToLowerInvariant();
            var column = columns.IndexOf(name);
            if (column < 0)
            {
                // metric_time in the order means the grain that was asked for.
                column = groupBy.FindIndex(reference => reference.BaseName == name);
            }

            if (column < 0)
            {
                diagnostics.Add(
                    MetricDiagnostics.UnknownOrder.With(text) with
                    {
                        Hint = NearestName.Hint(name, columns),
                    }
                );
            }
            else
            {
                keys.Add(new SortKey(column, descending));
            }
        }

        return keys;
    }
}
