using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>One row for each combination of keys; without aggregates the combinations alone.</summary>
public sealed record AggregateNode(
    PlanNode Input,
    IReadOnlyList<NamedExpression> Keys,
    IReadOnlyList<PlanAggregate> Aggregates
) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Input];
}

/// <summary>A value of a group. A closed set.</summary>
/// <param name="Name">The name of its column.</param>
public abstract record PlanAggregate(string Name);

/// <summary>A measure.</summary>
/// <param name="Column">The measure's expression.</param>
/// <param name="Filters">Which rows count for it alone; empty where the filters below say it all.</param>
public sealed record MeasureAggregate(
    string Name,
    Measure Measure,
    string Column,
    IReadOnlyList<BoundCondition> Filters
) : PlanAggregate(Name);

/// <summary>Which of the values of a period stands for it.</summary>
/// <param name="Column">The values.</param>
/// <param name="Time">What they are ordered by.</param>
public sealed record PeriodAggregate(string Name, string Column, PeriodAggregation Aggregation, string Time)
    : PlanAggregate(Name);

/// <summary>A measure from aggregates of parts of its rows, which a rollup keeps.</summary>
/// <param name="Aggregation">Of the measure.</param>
/// <param name="Column">The sums, counts, least or greatest values.</param>
/// <param name="Counts">Of an average: how many values went into each sum; else null.</param>
/// <param name="Type">The type that the measure has without the rollup, as the engine spells it.</param>
/// <param name="Filters">Which rows count for it alone; empty where the filters below say it all.</param>
public sealed record RollupAggregate(
    string Name,
    Aggregation Aggregation,
    string Column,
    string? Counts,
    string Type,
    IReadOnlyList<BoundCondition> Filters
) : PlanAggregate(Name);
