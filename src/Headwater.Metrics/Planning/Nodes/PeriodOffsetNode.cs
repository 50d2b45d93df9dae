using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Nodes;

/// <summary>
/// For each time the one a number of the project's own periods later or earlier: the same place in that period, or its last where it is shorter.
/// Times whose other period is not there are left out.
/// </summary>
/// <param name="Periods">Times, each once, with the period that holds each.</param>
/// <param name="Time">The column of the times.</param>
/// <param name="Period">The column of the periods.</param>
/// <param name="Step">How far the times lie apart.</param>
/// <param name="Name">What the periods are called.</param>
/// <param name="Count">Periods; below zero for earlier.</param>
/// <param name="From">The name of the time.</param>
/// <param name="To">The name of the other time.</param>
public sealed record PeriodOffsetNode(
    PlanNode Periods,
    string Time,
    string Period,
    Grain Step,
    string Name,
    int Count,
    string From,
    string To
) : PlanNode
{
    public override IReadOnlyList<PlanNode> Inputs => [Periods];
}
