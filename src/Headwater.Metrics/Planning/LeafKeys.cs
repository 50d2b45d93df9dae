using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>The keys of one group of leaves.</summary>
internal sealed class LeafKeys
{
    private readonly SourceBuilder _source;

    public LeafKeys(BoundQuery query, LeafGroup group, SourceBuilder source, ColumnNames names)
    {
        _source = source;
        All =
        [
            .. query.GroupBy.Select(
                (reference, index) =>
                    new NamedExpression(
                        // Where empty periods join, the key of the result is theirs.
                        group.Shape.JoinsSpine && group.TimeKeys.ContainsKey(index)
                            ? names.Next("g")
                            : MetricPlanner.KeyName(index),
                        source.Key(reference)
                    )
            ),
        ];
    }

    /// <summary>In the order of the query.</summary>
    public IReadOnlyList<NamedExpression> All { get; }

    /// <summary>The time by the period that values are counted by.</summary>
    public NamedExpression OfBase(string name, Grain grain) =>
        new(name, new PeriodStart(_source.Time(_source.Outermost).Local, grain));
}
