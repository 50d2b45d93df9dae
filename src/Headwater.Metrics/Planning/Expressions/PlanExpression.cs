using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Expressions;

/// <summary>A value computed from the columns of a row. A closed set.</summary>
public abstract record PlanExpression;

/// <param name="Name">A column of the input.</param>
public sealed record ColumnValue(string Name) : PlanExpression;

/// <summary>The first instant of the period that holds a time.</summary>
public sealed record PeriodStart(PlanExpression Time, Grain Grain) : PlanExpression;

/// <summary>A time by the clocks of the business.</summary>
public sealed record LocalTime(PlanExpression Time, ZoneConversion Zone) : PlanExpression;

/// <summary>The first instant of the business's own period that holds a time.</summary>
public sealed record CalendarStart(PlanExpression Time, MovedGrain Grain) : PlanExpression;

/// <summary>The first day of the retail period that holds a time.</summary>
/// <param name="Year">The first day of its retail year.</param>
public sealed record RetailStart(PlanExpression Time, PlanExpression Year, RetailGrain Grain) : PlanExpression;

/// <summary>A time moved by whole periods.</summary>
/// <param name="Count">Below zero for earlier.</param>
public sealed record ShiftedTime(PlanExpression Time, Grain Grain, int Count) : PlanExpression;

/// <summary>A part of a time, as a whole number.</summary>
public sealed record TimePart(PlanExpression Time, DatePart Part) : PlanExpression;

/// <summary>An expression with the name of its column.</summary>
public sealed record NamedExpression(string Name, PlanExpression Value);
