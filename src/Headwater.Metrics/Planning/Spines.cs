using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>Chooses time spines.</summary>
internal static class Spines
{
    /// <summary>The finest period that some uses of a time show; days for those of which only the time is named.</summary>
    public static Grain Finest(IEnumerable<DimensionReference> times, PlanContext context) =>
        times
            .Select(reference =>
                reference.Grain
                ?? reference.Part?.Needs()
                ?? (reference.CustomGrain is { } custom ? Own(custom, context.Metrics) : null)
                ?? Grain.Day
            )
            .Min();

    private static Grain? Own(string grain, MetricModel metrics) =>
        metrics.FindCalendarGrain(grain)?.MadeOf ?? metrics.FindCustomGrain(grain)?.Grain;

    /// <exception cref="DiagnosticException">HW4119: there is no spine so fine.</exception>
    public static TimeSpine Find(Grain grain, PlanContext context, string asker) =>
        context.Metrics.FindSpine(grain) ?? throw MetricDiagnostics.NoSpineFor.With(asker, grain.Name()).ToException();

    /// <summary>The periods of a grain, each once.</summary>
    /// <exception cref="DiagnosticException">HW4119: there is no spine so fine.</exception>
    public static (PlanNode Node, ColumnValue Time) Periods(Grain grain, PlanContext context, string asker)
    {
        var spine = Find(grain, context, asker);
        var column = context.Names.Next("t");
        PlanNode node = new ScanNode(spine.Relation, [new ScanColumn(column, spine.Column)]);
        if (spine.Grain == grain)
        {
            return (node, new ColumnValue(column));
        }

        var period = context.Names.Next("t");
        node = new AggregateNode(
            node,
            [new NamedExpression(period, new PeriodStart(new ColumnValue(column), grain))],
            []
        );
        return (node, new ColumnValue(period));
    }
}
