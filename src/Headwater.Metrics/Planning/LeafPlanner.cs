using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>Plans the aggregates of one group of leaves, by the keys of the query.</summary>
internal sealed class LeafPlanner(BoundQuery query, PlanContext context, LeafGroup group)
{
    public PlanNode Plan()
    {
        var rows = new LeafRows(query, context, group);
        var source = rows.Source;
        var keys = new LeafKeys(query, group, source, context.Names);
        var columns = group.Leaves.Select(item => source.Root(item.Leaf.Measure.Expression).Name).ToList();
        var extreme = group.First.Measure.NonAdditive is { } nonAdditive ? Extreme(nonAdditive, source, keys) : null;
        // Before the rows are built: what they need must be known.
        var conditions = group.Leaves.Select(item => rows.Bind(item.Leaf)).ToList();
        var node = rows.Build(out var isShared);
        node = extreme is null ? node : extreme(node);
        var aggregates = group.Leaves.Select(
            (item, index) =>
                new MeasureAggregate(item.Column, item.Leaf.Measure, columns[index], isShared ? [] : conditions[index])
        );
        node = Aggregate(node, keys, [.. aggregates], rows.BaseGrain);
        return group.Shape.JoinsSpine ? new SpineJoin(query, context, group, keys).Join(node) : node;
    }

    // By days first where a cumulative metric is asked for by months: then one of the days stands for its month.
    private AggregateNode Aggregate(
        PlanNode node,
        LeafKeys keys,
        IReadOnlyList<MeasureAggregate> aggregates,
        Grain baseGrain
    )
    {
        if (
            group.Accumulation is not { } cumulative
            || group.TimeKeys.Values.Any(reference => reference.Grain == baseGrain)
        )
        {
            return new AggregateNode(node, keys.All, aggregates);
        }

        var time = context.Names.Next("t");
        var daily = new AggregateNode(
            node,
            [.. keys.All, keys.OfBase(time, baseGrain)],
            [.. aggregates.Select(aggregate => aggregate with { Name = aggregate.Name + "d" })]
        );
        return new AggregateNode(
            daily,
            [.. keys.All.Select(key => new NamedExpression(key.Name, new ColumnValue(key.Name)))],
            [
                .. aggregates.Select(aggregate => new PeriodAggregate(
                    aggregate.Name,
                    aggregate.Name + "d",
                    cumulative.PeriodAggregation,
                    time
                )),
            ]
        );
    }

    private Func<PlanNode, PlanNode> Extreme(NonAdditive nonAdditive, SourceBuilder source, LeafKeys keys)
    {
        var model = group.First.Model;
        var dimension = model.FindDimension(nonAdditive.Dimension)!;
        var own = nonAdditive.Dimension == source.TimeDimension;
        var time = new PeriodStart(
            own ? source.Time(source.Outermost).Local : source.Root(dimension.Expression),
            dimension.Grain ?? Grain.Day
        );
        var partition = nonAdditive
            .Groupings.Select(name => (PlanExpression)source.Root(model.FindEntity(name)?.Expression ?? name))
            .ToList();
        for (var index = 0; index < query.GroupBy.Count; index++)
        {
            var reference = query.GroupBy[index];
            var isThis = own ? group.TimeKeys.ContainsKey(index) : reference.Name == nonAdditive.Dimension;
            if (isThis)
            {
                partition.Add(keys.All[index].Value);
            }
        }

        var column = context.Names.Next("x");
        return node => new FilterNode(
            new ExtremeNode(node, column, time, nonAdditive.Last, partition),
            [new EqualValues([(new ColumnValue(column), time)])]
        );
    }
}
