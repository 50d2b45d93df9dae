using System.Globalization;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Conditions;

/// <summary>Moves the times that conditions compare with, so that the compared column can stay bare.</summary>
internal static class ShiftedTimes
{
    /// <summary>The condition some periods earlier, or null if its times cannot be moved by them.</summary>
    /// <param name="condition">What is to hold.</param>
    /// <param name="isTime">Whether an operand is the time that moves.</param>
    /// <param name="unit">The length of a period.</param>
    /// <param name="count">How many; above zero for earlier.</param>
    public static Condition? Earlier(Condition condition, Func<FilterOperand, bool> isTime, Grain unit, int count) =>
        condition switch
        {
            AllOf all => Each(all.Parts, isTime, unit, count) is { } parts ? new AllOf(parts) : null,
            AnyOf any => Each(any.Parts, isTime, unit, count) is { } parts ? new AnyOf(parts) : null,
            Not not => Earlier(not.Inner, isTime, unit, count) is { } inner ? new Not(inner) : null,
            _ when !condition.Operands.Any(isTime) => condition,
            IsEmpty => condition,
            Comparison { Operand: DimensionReference { CustomGrain: null, Part: null } time } comparison
                when !(unit < time.Grain)
                    && Move(
                        comparison.Value,
                        unit,
                        count,
                        toNext: comparison.Operator
                            is not (ComparisonOperator.GreaterOrEqual or ComparisonOperator.Less)
                    )
                        is { } moved => comparison with
            {
                Value = moved,
            },
            OneOf { Operand: DimensionReference { CustomGrain: null, Part: null } time } oneOf
                when !(unit < time.Grain)
                    && oneOf.Values.All(value => Move(value, unit, count, toNext: true) is not null) => oneOf with
            {
                Values = [.. oneOf.Values.Select(value => Move(value, unit, count, toNext: true)!)],
            },
            _ => null,
        };

    private static List<Condition>? Each(
        IReadOnlyList<Condition> parts,
        Func<FilterOperand, bool> isTime,
        Grain unit,
        int count
    )
    {
        var moved = parts.Select(part => Earlier(part, isTime, unit, count)).OfType<Condition>().ToList();
        return moved.Count == parts.Count ? moved : null;
    }

    // Of months and years not every day has its like: the day after the 28th of February of one year is not that of another.
    private static string? Move(object value, Grain unit, int count, bool toNext)
    {
        if (
            value is not string text
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            || instant.Year is <= 10 or >= 9000
        )
        {
            return null;
        }

        var moved = unit.Add(instant, -count);
        var hasLike =
            unit.Add(moved, count) == instant && (!toNext || unit.Add(moved.AddDays(1), count) == instant.AddDays(1));
        return hasLike ? moved.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) : null;
    }
}
