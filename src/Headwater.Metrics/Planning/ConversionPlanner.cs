using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>Plans conversions: each conversion with the last base event before it, of which it has the dimensions and the time.</summary>
internal sealed class ConversionPlanner(BoundQuery query, PlanContext context, LeafGroup group)
{
    public PlanNode Plan()
    {
        var metric = group.First.Conversion!;
        var rows = new LeafRows(query, context, group);
        var before = rows.Source;
        var keys = new LeafKeys(query, group, before, context.Names);
        var after = After(metric);
        var count = after.Root(metric.Conversion.Measure.Expression).Name;
        var id = context.Names.Next("id");
        var on = On(metric, before, after);

        // What a base event shows besides its time decides among events of one time, so that the answer is always the same.
        var time = Time(before);
        List<PlanExpression> ties = [.. keys.All.Select(key => key.Value).Where(value => value != time)];
        List<PlanExpression> partition = [new ColumnValue(id)];
        if (before.Outermost > 0)
        {
            // An offset counts an event under other times, once for each.
            partition.Add(before.Time(before.Outermost).Local);
        }

        var conversions = new RowNumberNode(Filtered(after, metric), id, [], null, []);
        var rank = context.Names.Next("r");
        var last = new FilterNode(
            new RowNumberNode(
                new JoinNode(rows.Build(out _), conversions, JoinKind.Inner, on),
                rank,
                partition,
                time,
                ties
            ),
            [new FirstRow(rank)]
        );
        var node = new AggregateNode(
            last,
            keys.All,
            [new MeasureAggregate(group.Leaves[0].Column, metric.Conversion.Measure, count, [])]
        );
        return group.Shape.JoinsSpine ? new SpineJoin(query, context, group, keys).Join(node) : node;
    }

    private SourceBuilder After(ConversionMetric metric)
    {
        var (model, measure) = (metric.Conversion.Model, metric.Conversion.Measure);
        var source = new SourceBuilder(context, model.Relation, model, JoinKind.Left);
        var time = DimensionResolver.MetricTime(model, measure);
        source.SetTime(
            time.Expression,
            time.Grain!.Value,
            measure.TimeDimension,
            context.Metrics.ConversionOf(time.StoredZone)
        );
        return source;
    }

    private PlanNode Filtered(SourceBuilder after, ConversionMetric metric)
    {
        List<PlannedFilter> filters =
        [
            .. RowRules.On(after, metric.Conversion.Model, context),
            .. metric.Conversion.Filters.Select(filter => new QueryFilter(
                after.Bind(new OperandReader(context.Metrics).Read(filter.Condition), 0)
            )),
        ];
        var node = after.Build();
        return filters.Count == 0 ? node : new FilterNode(node, filters);
    }

    private static List<JoinCondition> On(ConversionMetric metric, SourceBuilder before, SourceBuilder after)
    {
        var on = new List<JoinCondition>
        {
            JoinCondition.Equal(
                before.Root(metric.Base.Model.FindEntity(metric.Entity)!.Expression),
                after.Root(metric.Conversion.Model.FindEntity(metric.Entity)!.Expression)
            ),
            new(Time(before), ComparisonOperator.LessOrEqual, Time(after)),
        };
        if (metric.Window is { Grain: { } unit } window)
        {
            on.Add(
                new JoinCondition(
                    Time(before),
                    ComparisonOperator.Greater,
                    new ShiftedTime(Time(after), unit, -window.Count)
                )
            );
        }

        on.AddRange(
            metric.ConstantProperties.Select(property =>
                JoinCondition.Equal(
                    before.Root(Property(metric.Base.Model, property.Base)),
                    after.Root(Property(metric.Conversion.Model, property.Conversion))
                )
            )
        );
        return on;
    }

    // An entity, a dimension, or a dimension under the entity of its rows.
    private static string Property(SemanticModel model, string name)
    {
        var own = DimensionReference.Parse(name).Name;
        return model.FindEntity(own)?.Expression ?? model.FindDimension(own)?.Expression ?? own;
    }

    private static PeriodStart Time(SourceBuilder source) => new(source.Time(0).Local, source.Time(0).Grain!.Value);
}
