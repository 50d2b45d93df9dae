using Headwater.Metrics.Planning.Expressions;

namespace Headwater.Metrics.Planning.Filters;

/// <summary>A condition on rows. A closed set.</summary>
public abstract record PlannedFilter;

/// <summary>From the query.</summary>
public sealed record QueryFilter(BoundCondition Condition) : PlannedFilter;

/// <summary>From the definitions: rows that any of these lists of conditions admits wholly.</summary>
public sealed record DefinitionFilter(IReadOnlyList<IReadOnlyList<BoundCondition>> Alternatives) : PlannedFilter;

/// <summary>From a row rule.</summary>
/// <param name="Value">The rule's dimension.</param>
public sealed record RestrictionFilter(RowRestriction Restriction, PlanExpression Value) : PlannedFilter;

/// <summary>From the plan itself: any of some pairs of values is equal.</summary>
public sealed record EqualValues(IReadOnlyList<(PlanExpression Left, PlanExpression Right)> Pairs) : PlannedFilter;

/// <summary>From the plan itself: the first row of each partition of a row number.</summary>
public sealed record FirstRow(string RowNumber) : PlannedFilter;
