namespace Headwater.Metrics.Planning.Outputs;

/// <summary>What a metric of the result is computed from. A closed set.</summary>
public abstract record OutputExpression;

/// <param name="Column">The aggregate's column.</param>
/// <param name="FillNullsWith">SQL of what an empty one counts as, or null.</param>
public sealed record AggregateOutput(string Column, string? FillNullsWith) : OutputExpression;

public sealed record RatioOutput(OutputExpression Numerator, OutputExpression Denominator) : OutputExpression;

/// <param name="Expression">SQL of the definition.</param>
/// <param name="Inputs">What each alias in it stands for.</param>
public sealed record DerivedOutput(string Expression, IReadOnlyDictionary<string, OutputExpression> Inputs)
    : OutputExpression;

public sealed record MetricOutput(string Name, OutputExpression Expression);
