using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>What the period of a row tells of its time.</summary>
internal static class OwnPeriods
{
    /// <summary>True if rows of one period have one value of an expression.</summary>
    public static bool Tell(PlanExpression value, PeriodStart period) =>
        value switch
        {
            PeriodStart longer => longer.Time == period.Time && period.Grain.Divides(longer.Grain),
            CalendarStart calendar => calendar.Time == period.Time && period.Grain.Divides(calendar.Grain.MadeOf),
            TimePart part => part.Time == period.Time && period.Grain.Divides(part.Part.Needs()),
            _ => false,
        };

    /// <summary>The condition on the period, which a column holds, that says the same; null if the period does not tell.</summary>
    public static BoundCondition? Condition(BoundCondition bound, PeriodStart period, string column)
    {
        var operands = new Dictionary<FilterOperand, PlanOperand>();
        foreach (var (operand, value) in bound.Own())
        {
            if (Operand(bound.Condition, operand, value, period, column) is not { } told)
            {
                return null;
            }

            operands.Add(operand, told);
        }

        return bound with
        {
            Operands = operands,
        };
    }

    /// <summary>One operand of such a condition.</summary>
    public static PlanOperand? Operand(
        Condition condition,
        FilterOperand operand,
        PlanOperand value,
        PeriodStart period,
        string column
    )
    {
        var start = new ColumnValue(column);
        if (value.Grain is not null && value.Local == period.Time)
        {
            var isTold =
                TimeFit.Holds(condition, operand, value, period.Grain)
                && (value.CalendarValue is null || Tell(value.CalendarValue, period));
            return isTold
                ? value with
                {
                    Value = start,
                    Zone = null,
                    CalendarValue = value.CalendarValue?.Replace(part => part == period.Time ? start : null),
                }
                : null;
        }

        return Tell(value.Value, period)
            ? value with
            {
                Value = value.Value.Replace(part => part == period.Time ? start : null),
            }
            : null;
    }
}
