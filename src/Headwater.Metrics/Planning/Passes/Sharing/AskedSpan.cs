using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Passes.Rollups;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>The instants, by the clocks of the business, that conditions on a time can admit.</summary>
/// <param name="From">The first, or null for no bound.</param>
/// <param name="Until">The first after them, or null for no bound.</param>
internal readonly record struct AskedSpan(DateTime? From, DateTime? Until)
{
    /// <summary>At least what the condition admits: what cannot be told is taken for admitted.</summary>
    /// <param name="bound">A condition.</param>
    /// <param name="isTime">Whether an operand is the time.</param>
    public static AskedSpan Of(BoundCondition bound, Func<PlanOperand, bool> isTime)
    {
        if (
            bound.Condition is not Comparison comparison
            || bound.Operands[comparison.Operand] is not { Grain: not null } value
            || !isTime(value)
        )
        {
            return default;
        }

        var bounds = TimeFit.Bounds(comparison.Operand, value, comparison.Operator, comparison.Value).ToList();
        return (comparison.Operator, bounds) switch
        {
            (ComparisonOperator.Equal, [{ } from, { } until]) => new AskedSpan(from, until),
            (ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual, [var from]) => new AskedSpan(from, null),
            (ComparisonOperator.Less or ComparisonOperator.LessOrEqual, [var until]) => new AskedSpan(null, until),
            _ => default,
        };
    }

    /// <summary>What both admit.</summary>
    public AskedSpan And(AskedSpan other) =>
        new(
            From is null || other.From > From ? other.From : From,
            Until is null || other.Until < Until ? other.Until : Until
        );

    /// <summary>Everything from the first that either admits to the last.</summary>
    public AskedSpan Or(AskedSpan other) =>
        new(
            From is null || other.From is null ? null
                : other.From < From ? other.From
                : From,
            Until is null || other.Until is null ? null
                : other.Until > Until ? other.Until
                : Until
        );

    /// <summary>Whether some instants lie between them that neither admits.</summary>
    public bool IsApartFrom(AskedSpan other) => Until < other.From || other.Until < From;
}
