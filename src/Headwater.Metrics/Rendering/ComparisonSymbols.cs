using Headwater.Metrics.Conditions;

namespace Headwater.Metrics.Rendering;

internal static class ComparisonSymbols
{
    public static string Of(ComparisonOperator comparison) =>
        comparison switch
        {
            ComparisonOperator.Equal => "=",
            ComparisonOperator.NotEqual => "<>",
            ComparisonOperator.Less => "<",
            ComparisonOperator.LessOrEqual => "<=",
            ComparisonOperator.Greater => ">",
            _ => ">=",
        };
}
