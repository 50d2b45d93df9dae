using System.Globalization;
using Headwater.Metrics.Planning.Nodes;

namespace Headwater.Metrics.Planning.Passes.Sharing;

/// <summary>
/// Reads a table once where parts of a query aggregate the same rows by the same keys: a metric beside its value of a year ago, or with and without empty
/// periods. Where the spans of time that they ask for lie apart each reads its own: that is less.
/// </summary>
internal sealed class SharedAggregates : PlanRewriter
{
    private int _last;

    protected override PlanNode Rewrite(PlanNode node)
    {
        if (node is not CombineNode combine)
        {
            return node;
        }

        var parts = combine.Parts.ToList();
        var open = Enumerable.Range(0, parts.Count).Where(index => Find(parts[index].Node) is not null).ToList();
        foreach (var first in open.Where(index => OtherPeriods.Of(Find(parts[index].Node)!) is null).ToList())
        {
            if (!open.Contains(first))
            {
                continue;
            }

            var shared = new SharedAggregate(Find(parts[first].Node)!);
            var readers = open.Where(index => index != first && shared.Add(Find(parts[index].Node)!)).ToList();
            if (readers.Count == 0)
            {
                continue;
            }

            readers.Insert(0, first);
            var name = string.Create(CultureInfo.InvariantCulture, $"periods{++_last}");
            foreach (var (index, read) in readers.Zip(shared.Build(name)))
            {
                parts[index] = parts[index] with { Node = Exchange(parts[index].Node, read) };
                open.Remove(index);
            }
        }

        return _last == 0 ? node : combine with { Parts = parts };
    }

    // The aggregation of measures of a part: all of it, or what meets a time spine.
    private static AggregateNode? Find(PlanNode node) =>
        node switch
        {
            AggregateNode { Aggregates.Count: > 0 } aggregate => aggregate.Aggregates.All(item =>
                item is MeasureAggregate
            )
                ? aggregate
                : null,
            JoinNode { Kind: JoinKind.Left } join => Find(join.Right),
            FilterNode filter => Find(filter.Input),
            _ => null,
        };

    private static PlanNode Exchange(PlanNode node, PlanNode rows) =>
        node switch
        {
            JoinNode join => join with { Right = Exchange(join.Right, rows) },
            FilterNode filter => filter with { Input = Exchange(filter.Input, rows) },
            _ => rows,
        };
}
