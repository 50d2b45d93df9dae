using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>
/// An aggregation of rows under other periods than their own, seen as the aggregation under their own whose groups are moved as they are.
/// </summary>
/// <remarks>
/// Right because a group is moved whole: the moved time is a function of the period that the rows of a group have in common, and no two periods are moved to the same one. So
/// this holds for aggregates of every kind, and for rows without a time.
/// </remarks>
internal sealed class OtherPeriods
{
    private readonly AggregateNode _node;
    private readonly TimeJoins _times;

    private OtherPeriods(AggregateNode node, IReadOnlyList<PlannedFilter> filters, TimeJoins times, PeriodStart own)
    {
        (_node, _times, Own) = (node, times, own);
        Filters = filters;
    }

    /// <summary>The rows under their own time.</summary>
    public PlanNode Rows => _times.Rows;

    /// <summary>The own period by which the groups are moved, over its columns.</summary>
    public PeriodStart Own { get; }

    public IReadOnlyList<PlannedFilter> Filters { get; }

    /// <summary>Null if rows count under their own periods, or are moved in a way that is not known to keep groups apart.</summary>
    public static OtherPeriods? Of(AggregateNode node)
    {
        var (input, filters) = FilteredRows.Of(node.Input);
        if (TimeJoins.Of(input) is not { } times)
        {
            return null;
        }

        var shifts = node
            .Keys.SelectMany(key => key.Value.Parts())
            .OfType<ShiftedTime>()
            .Where(shift => shift.Time is PeriodStart)
            .Distinct()
            .ToList();
        return (times.Joins.Count, shifts) switch
        {
            (0, [{ Time: PeriodStart moved } shift]) when KeepsApart(shift, moved.Grain) => new OtherPeriods(
                node,
                filters,
                times,
                moved
            ),
            (> 0, []) when times.Own is { } own => new OtherPeriods(node, filters, times, own),
            _ => null,
        };
    }

    /// <summary>
    /// What the keys are over the shared groups; null if these do not tell them, or not apart.
    /// </summary>
    /// <param name="own">The keys of the aggregation under the own periods.</param>
    /// <param name="rows">The rows of both.</param>
    public IReadOnlyList<NamedExpression>? Keys(IReadOnlyList<NamedExpression> own, SameRows rows)
    {
        var keys = new List<NamedExpression>();
        var isApart = false;
        var period = (PeriodStart)rows.Renamed(Own);
        var column = own.First(key => key.Value == period).Name;
        foreach (var (mine, shared) in _node.Keys.Zip(own))
        {
            var value = rows.Renamed(mine.Value);
            if (value == shared.Value)
            {
                keys.Add(mine with { Value = new ColumnValue(shared.Name) });
                continue;
            }

            var moved = Moved(value, period, column);
            if (!IsKnown(moved, column) || !OwnPeriods.Tell(shared.Value, period))
            {
                return null;
            }

            isApart |= shared.Value == period;
            keys.Add(mine with { Value = moved });
        }

        return isApart ? keys : null;
    }

    /// <summary>The shared groups under the other periods.</summary>
    public PlanNode Move(PlanNode groups, SameRows rows, string column)
    {
        var period = (PeriodStart)rows.Renamed(Own);
        foreach (var join in _times.Joins)
        {
            groups = join with
            {
                Right = groups,
                On = [join.On[0] with { Right = Moved(rows.Renamed(join.On[0].Right), period, column) }],
            };
        }

        return groups;
    }

    /// <summary>A condition on the rows as one on the moved groups; null if these do not tell it.</summary>
    public BoundCondition? Condition(BoundCondition bound, PeriodStart period, string column)
    {
        var operands = new Dictionary<FilterOperand, PlanOperand>();
        foreach (var (operand, value) in bound.Own())
        {
            var moved = value with
            {
                Value = Moved(value.Value, period, column),
                CalendarValue = value.CalendarValue is { } shown ? Moved(shown, period, column) : null,
            };
            if (IsKnown(moved.Value, column) && (moved.CalendarValue is null || IsKnown(moved.CalendarValue, column)))
            {
                operands.Add(operand, moved);
            }
            else if (OwnPeriods.Operand(bound.Condition, operand, value, period, column) is { } own)
            {
                operands.Add(operand, own);
            }
            else
            {
                return null;
            }
        }

        return bound with
        {
            Operands = operands,
        };
    }

    private static PlanExpression Moved(PlanExpression value, PeriodStart period, string column) =>
        value.Replace(part => part == period ? new ColumnValue(column) : null);

    private bool IsKnown(PlanExpression value, string column) =>
        value.Parts().OfType<ColumnValue>().All(part => part.Name == column || _times.Columns.Contains(part.Name));

    // The 29th of February and the 28th become one day of the next year: days are not moved by months. Longer periods begin on the first.
    private static bool KeepsApart(ShiftedTime shift, Grain shown) =>
        shift.Grain >= shown && (shift.Grain < Grain.Month || shown >= Grain.Month);
}
