using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Turns bound queries into plans, row rules included. Stateless; safe for several threads.</summary>
public sealed class MetricPlanner(MetricModel metrics)
{
    private readonly DimensionResolver _resolver = new(metrics);

    /// <summary>Plans a query under row rules.</summary>
    /// <exception cref="DiagnosticException">HW4115: a rule's dimension cannot be reached from a table, so nobody under it may see the metric.</exception>
    public MetricPlan Plan(BoundQuery query, IReadOnlyList<RowRestriction> restrictions)
    {
        if (query.Metrics.Count == 0)
        {
            return PlanDimensions(query, restrictions);
        }

        var scans = new ScanSet(this, query, restrictions);
        foreach (var metric in query.Metrics)
        {
            scans.Collect(metric);
        }

        scans.Close();
        return new MetricPlan(
            scans.Scans,
            KeyNames(query),
            [.. query.Metrics.Select(metric => new MetricOutput(metric.Name, scans.Output(metric, [])))],
            query.OrderBy,
            query.Limit
        );
    }

    private MetricPlan PlanDimensions(BoundQuery query, IReadOnlyList<RowRestriction> restrictions)
    {
        var model = query.DimensionModel!;
        var sources = new ScanSources(model.Relation);
        AddQueryDimensions(sources, model, null, query);
        var scan = new AggregateScan(sources, query.GroupBy, [], Filters(sources, model, null, query, restrictions));
        return new MetricPlan([scan], KeyNames(query), [], query.OrderBy, query.Limit);
    }

    private static IReadOnlyList<string> KeyNames(BoundQuery query) =>
        [.. query.GroupBy.Select(reference => reference.ToString())];

    internal void AddQueryDimensions(ScanSources sources, SemanticModel model, Measure? measure, BoundQuery query)
    {
        foreach (var reference in query.GroupBy.Concat(query.Where.SelectMany(condition => condition.Dimensions)))
        {
            AddDimension(sources, model, measure, reference);
        }
    }

    internal void AddDimension(
        ScanSources sources,
        SemanticModel model,
        Measure? measure,
        DimensionReference reference
    ) =>
        sources.Add(
            reference,
            (
                reference.IsMetricTime && measure is not null
                    ? DimensionResolver.MetricTime(model, measure)
                    : _resolver.Resolve(model, reference)
            ) ?? throw MetricDiagnostics.UnknownDimension.With(reference, model.Name).ToException()
        );

    internal List<PlannedFilter> Filters(
        ScanSources sources,
        SemanticModel model,
        Measure? measure,
        BoundQuery query,
        IReadOnlyList<RowRestriction> restrictions
    )
    {
        var filters = new List<PlannedFilter>();
        foreach (var restriction in restrictions)
        {
            // Found or refused: a rule that cannot be applied must never be skipped.
            if (
                restriction.Dimension.IsMetricTime
                || _resolver.Resolve(model, restriction.Dimension) is not { } resolved
            )
            {
                throw MetricDiagnostics.RuleOutOfReach.With(model.Name, restriction.Dimension).ToException();
            }

            sources.Add(restriction.Dimension, resolved);
            filters.Add(new RestrictionFilter(restriction));
        }

        foreach (var condition in query.Where)
        {
            foreach (var reference in condition.Dimensions)
            {
                AddDimension(sources, model, measure, reference);
            }

            filters.Add(new QueryFilter(condition));
        }

        return filters;
    }
}
