using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Rendering;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>What can be told of a time of which only the period is known.</summary>
internal static class TimeFit
{
    /// <summary>True if every period of the coarser grain is made of whole periods of the finer one.</summary>
    public static bool Divides(this Grain finer, Grain coarser) =>
        finer == coarser || (finer < coarser && finer != Grain.Week);

    /// <summary>True if a condition on a time says the same of the start of the period that holds it.</summary>
    /// <param name="operand">The time, as the condition names it.</param>
    /// <param name="value">What it is in the plan.</param>
    /// <param name="known">The period that is known.</param>
    public static bool Holds(Condition condition, FilterOperand operand, PlanOperand value, Grain known)
    {
        // Hours of the business's clock are shown twice when it is set back.
        if (value.Zone is not null && known < Grain.Day)
        {
            return false;
        }

        var shown = (operand as DimensionReference)?.Grain;
        return condition switch
        {
            AllOf all => all.Parts.All(part => Holds(part, operand, value, known)),
            AnyOf any => any.Parts.All(part => Holds(part, operand, value, known)),
            Not not => Holds(not.Inner, operand, value, known),
            _ when !condition.Operands.Contains(operand) => true,
            IsEmpty => true,
            Comparison comparison => Bounds(operand, value, comparison.Operator, comparison.Value).All(IsStart),
            OneOf oneOf => oneOf.Values.All(item =>
                Bounds(operand, value, ComparisonOperator.Equal, item).All(IsStart)
            ),
            // They see the time as a query shows it.
            Like or ContainsText or AuthorCondition => value.CalendarValue is not null
                || (shown is { } grain && known.Divides(grain)),
            _ => false,
        };

        bool IsStart(DateTime? bound) => bound is { } instant && known.Start(instant) == instant;
    }

    /// <summary>The instants that a time is compared with in the end: the first that is admitted, the first that is not; null for what is no instant.</summary>
    /// <param name="operand">The time, as the condition names it.</param>
    /// <param name="value">What it is in the plan.</param>
    /// <param name="comparison">How it is compared.</param>
    /// <param name="literal">With what.</param>
    public static IEnumerable<DateTime?> Bounds(
        FilterOperand operand,
        PlanOperand value,
        ComparisonOperator comparison,
        object literal
    )
    {
        if ((literal as string is { } text ? ConditionRenderer.ParseInstant(text) : null) is not { } instant)
        {
            return [null];
        }

        var grain = (operand as DimensionReference)?.Grain ?? value.Grain!.Value;
        var start = value.Calendar?.Start(instant) ?? grain.Start(instant);
        var next = value.Calendar?.Next(start) ?? grain.Add(start, 1);
        var isAligned = start == instant;
        return comparison switch
        {
            ComparisonOperator.Equal or ComparisonOperator.NotEqual => isAligned ? [start, next] : [],
            ComparisonOperator.GreaterOrEqual or ComparisonOperator.Less => [isAligned ? start : next],
            _ => [next],
        };
    }
}
