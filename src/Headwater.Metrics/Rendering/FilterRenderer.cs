using Headwater.Metrics.Planning.Filters;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes what rows must fulfil.</summary>
internal sealed class FilterRenderer(
    ExpressionRenderer expressions,
    ConditionRenderer conditions,
    ParameterList parameters
)
{
    public string Render(PlannedFilter filter) =>
        filter switch
        {
            QueryFilter query => conditions.Render(query.Condition),
            DefinitionFilter definition => conditions.RenderAny(definition.Alternatives),
            RestrictionFilter restriction => expressions.Dialect.IsOneOf(
                expressions.Dialect.AsText(expressions.Render(restriction.Value)),
                parameters.Add(restriction.Restriction.Values)
            ),
            EqualValues equal => "("
                + string.Join(
                    " OR ",
                    equal.Pairs.Select(pair => $"{expressions.Render(pair.Left)} = {expressions.Render(pair.Right)}")
                )
                + ")",
            FirstRow first => $"{first.RowNumber} = 1",
            _ => throw new InvalidOperationException($"unknown filter {filter.GetType().Name}"),
        };
}
