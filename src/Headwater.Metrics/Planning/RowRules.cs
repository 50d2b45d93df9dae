using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Puts row rules on the rows of a scan.</summary>
internal static class RowRules
{
    /// <exception cref="DiagnosticException">HW4115: a rule cannot be applied; it must never be skipped.</exception>
    public static IEnumerable<PlannedFilter> On(SourceBuilder source, SemanticModel model, PlanContext context)
    {
        if (context.Access.IsUnrestricted(model.Relation))
        {
            yield break;
        }

        foreach (var restriction in context.Access.Rows)
        {
            if (restriction.Dimension.IsMetricTime || context.Resolver.Resolve(model, restriction.Dimension) is null)
            {
                throw MetricDiagnostics.RuleOutOfReach.With(model.Name, restriction.Dimension).ToException();
            }

            yield return new RestrictionFilter(
                restriction,
                source.Operand(restriction.Dimension, source.Outermost).Value
            );
        }
    }
}
