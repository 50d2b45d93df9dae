using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Plans queries without metrics: which combinations of values there are. Their <c>metric_time</c> is the time spine's.</summary>
internal static class DimensionsPlanner
{
    public static ComputeNode Plan(BoundQuery query, PlanContext context)
    {
        var source = Source(query, context);
        var keys = query
            .GroupBy.Select(
                (reference, index) => new NamedExpression(MetricPlanner.KeyName(index), source.Key(reference))
            )
            .ToList();
        var filters = new List<PlannedFilter>();
        if (query.DimensionModel is { } model)
        {
            filters.AddRange(RowRules.On(source, model, context));
        }

        filters.AddRange(query.Where.Select(condition => new QueryFilter(source.Bind(condition, source.Outermost))));
        var rows = source.Build();
        rows = filters.Count == 0 ? rows : new FilterNode(rows, filters);
        return new ComputeNode(
            query.KeepsDuplicates ? new ProjectNode(rows, keys) : new AggregateNode(rows, keys, []),
            MetricPlanner.KeyColumns(query),
            []
        );
    }

    private static SourceBuilder Source(BoundQuery query, PlanContext context)
    {
        var times = query.Dimensions.Where(reference => reference.IsMetricTime).ToList();
        var spine =
            times.Count == 0
                ? null
                : Spines.Find(Spines.Finest(times, context), context, DimensionReference.MetricTime);
        if (query.DimensionModel is not { } model)
        {
            var alone = new SourceBuilder(context, spine!.Relation, null, JoinKind.Left);
            alone.SetTime(spine.Column, spine.Grain, null);
            return alone;
        }

        var source = new SourceBuilder(
            context,
            model.Relation,
            model,
            query.KeepsUnmatched ? JoinKind.Full : JoinKind.Left
        );
        if (spine is not null)
        {
            var column = context.Names.Next("t");
            source.AddTime(
                new ScanNode(spine.Relation, [new ScanColumn(column, spine.Column)]),
                new PlanOperand(new ColumnValue(column), spine.Grain),
                []
            );
        }

        return source;
    }
}
