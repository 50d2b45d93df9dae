using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Filters;

/// <summary>A condition with what each of its operands is in the plan.</summary>
public sealed record BoundCondition(Condition Condition, IReadOnlyDictionary<FilterOperand, PlanOperand> Operands);

/// <param name="Value">The bare value; of a time the time itself, so that conditions on periods can be ranges of it.</param>
/// <param name="Grain">The finest grain of a time, else null.</param>
public sealed record PlanOperand(PlanExpression Value, Grain? Grain)
{
    /// <summary>How a time is kept, where that is not as the business reads clocks; else null.</summary>
    public ZoneConversion? Zone { get; init; }

    /// <summary>The value by the clocks of the business: what periods are made of.</summary>
    public PlanExpression Local => Zone is null ? Value : new LocalTime(Value, Zone);

    /// <summary>The computed period that is meant of a time, or null.</summary>
    public CalendarGrain? Calendar { get; init; }

    /// <summary>What is shown for the computed period; null where no such period is meant.</summary>
    public PlanExpression? CalendarValue { get; init; }

    /// <summary>Whether it is a period that a time spine has as a column: a time, or a name such as FY 2025.</summary>
    public bool IsCustomPeriod { get; init; }
}
