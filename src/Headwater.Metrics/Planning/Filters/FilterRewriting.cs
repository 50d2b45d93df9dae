using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning.Filters;

/// <summary>Takes filters apart and puts other expressions into them.</summary>
internal static class FilterRewriting
{
    /// <summary>The same filters, those that ask for several things at once as one for each.</summary>
    public static IEnumerable<PlannedFilter> Conjuncts(this IEnumerable<PlannedFilter> filters) =>
        filters.SelectMany(filter =>
            filter is QueryFilter { Condition: { Condition: AllOf all } bound }
                ? all
                    .Parts.Select(part => (PlannedFilter)new QueryFilter(new BoundCondition(part, bound.Operands)))
                    .Conjuncts()
                : [filter]
        );

    /// <summary>The filter over other expressions; null for one that is no condition of a query, a definition or a rule.</summary>
    public static PlannedFilter? Map(this PlannedFilter filter, Func<PlanExpression, PlanExpression> change) =>
        filter switch
        {
            QueryFilter query => new QueryFilter(query.Condition.Map(change)),
            DefinitionFilter definition => new DefinitionFilter([
                .. definition.Alternatives.Select(conditions =>
                    (IReadOnlyList<BoundCondition>)[.. conditions.Select(condition => condition.Map(change))]
                ),
            ]),
            RestrictionFilter restriction => restriction with { Value = change(restriction.Value) },
            _ => null,
        };

    /// <summary>The condition over other expressions.</summary>
    public static BoundCondition Map(this BoundCondition bound, Func<PlanExpression, PlanExpression> change) =>
        bound with
        {
            Operands = bound.Operands.ToDictionary(
                pair => pair.Key,
                pair =>
                    pair.Value with
                    {
                        Value = change(pair.Value.Value),
                        CalendarValue = pair.Value.CalendarValue is { } period ? change(period) : null,
                    }
            ),
        };

    /// <summary>The operands that the condition itself mentions.</summary>
    public static IEnumerable<(FilterOperand Operand, PlanOperand Value)> Own(this BoundCondition bound) =>
        bound.Condition.Operands.Distinct().Select(operand => (operand, bound.Operands[operand]));
}
