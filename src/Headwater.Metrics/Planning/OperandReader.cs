using Headwater.Metrics.Conditions;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>Reads the conditions of definitions with the project's own grains in mind.</summary>
internal readonly struct OperandReader(MetricModel metrics)
{
    private readonly MetricModel _metrics = metrics;

    public Condition Read(Condition condition)
    {
        if (_metrics.OwnGrains.Count == 0)
        {
            return condition;
        }

        var known = _metrics;
        return condition.Map(operand =>
            operand is DimensionReference reference ? reference.WithCustomGrain(known.IsOwnGrain) : operand
        );
    }
}
