using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Lets periods without rows appear: every period of the time spine with the aggregates that it has. Filters of the query and of the metric hold
/// for the added rows too, where these have what the filter speaks of; filters of the measure do not.
/// </summary>
internal sealed class SpineJoin(BoundQuery query, PlanContext context, LeafGroup group, LeafKeys keys)
{
    public PlanNode Join(PlanNode aggregated)
    {
        var spine = Spines.Find(Spines.Finest(group.TimeKeys.Values, context), context, group.First.Metric.Name);
        var source = new SourceBuilder(context, spine.Relation, null, JoinKind.Left);
        source.SetTime(spine.Column, spine.Grain, null);
        var periods = group
            .TimeKeys.Select(pair => new NamedExpression(
                MetricPlanner.KeyName(pair.Key),
                source.Key(AsMetricTime(pair.Value))
            ))
            .ToList();
        var conditions = Conditions().ToList();
        var ofTime = conditions
            .Where(condition => condition.Operands.All(IsTime))
            .Select(condition => (PlannedFilter)new QueryFilter(source.Bind(condition.Map(AsMetricTime), 0)))
            .ToList();
        var rows = source.Build();
        rows = ofTime.Count == 0 ? rows : new FilterNode(rows, ofTime);
        PlanNode joined = new JoinNode(
            new AggregateNode(rows, periods, []),
            aggregated,
            JoinKind.Left,
            [
                .. group.TimeKeys.Keys.Select(index =>
                    JoinCondition.Equal(
                        new ColumnValue(MetricPlanner.KeyName(index)),
                        new ColumnValue(keys.All[index].Name)
                    )
                ),
            ]
        );
        var ofKeys = conditions
            .Where(condition => !condition.Operands.All(IsTime) && condition.Operands.All(IsKey))
            .Select(condition => (PlannedFilter)new QueryFilter(BindToKeys(condition)))
            .ToList();
        return ofKeys.Count == 0 ? joined : new FilterNode(joined, ofKeys);
    }

    private IEnumerable<Condition> Conditions()
    {
        var ofMetric = group
            .First.Filters.Where(filter => !filter.OfMeasure && filter.OffsetsAbove == 0)
            .Select(filter => new OperandReader(context.Metrics).Read(filter.Template.Condition));
        return query.Where.Concat(ofMetric).SelectMany(Conjuncts);
    }

    private static IEnumerable<Condition> Conjuncts(Condition condition) =>
        condition is AllOf all ? all.Parts.SelectMany(Conjuncts) : [condition];

    private bool IsTime(FilterOperand operand) =>
        operand is DimensionReference reference
        && (reference.IsMetricTime || group.TimeKeys.Values.Any(key => key.BaseName == reference.BaseName));

    private bool IsKey(FilterOperand operand) => operand is DimensionReference reference && KeyIndex(reference) >= 0;

    private int KeyIndex(DimensionReference reference)
    {
        for (var index = 0; index < query.GroupBy.Count; index++)
        {
            if (query.GroupBy[index].Equals(reference))
            {
                return index;
            }
        }

        return -1;
    }

    private BoundCondition BindToKeys(Condition condition) =>
        new(
            condition,
            condition
                .Operands.Distinct()
                .ToDictionary(
                    operand => operand,
                    operand =>
                    {
                        var reference = (DimensionReference)operand;
                        var name = MetricPlanner.KeyName(KeyIndex(reference));
                        return new PlanOperand(new ColumnValue(name), reference.Grain);
                    }
                )
        );

    private static FilterOperand AsMetricTime(FilterOperand operand) => AsMetricTime((DimensionReference)operand);

    private static DimensionReference AsMetricTime(DimensionReference reference) =>
        reference with
        {
            EntityPath = [],
            Name = DimensionReference.MetricTime,
        };
}
