using Headwater.Metrics.Semantics;

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

public sealed record DifferenceOutput(OutputExpression Left, OutputExpression Right) : OutputExpression;

/// <param name="Partition">Key columns of the rows whose sum is the whole; empty for all rows.</param>
public sealed record ShareOutput(OutputExpression Value, IReadOnlyList<string> Partition) : OutputExpression;

/// <param name="Aggregation">Sum, min or max.</param>
/// <param name="Partition">Key columns of the rows that are put together.</param>
/// <param name="OrderBy">Key columns in whose order they are.</param>
public sealed record RunningTotalOutput(
    OutputExpression Value,
    Aggregation Aggregation,
    IReadOnlyList<string> Partition,
    IReadOnlyList<string> OrderBy
) : OutputExpression;

/// <param name="InPercent">As the part of the other rows that are less, else as a place from 1 for the greatest.</param>
public sealed record RankOutput(OutputExpression Value, bool InPercent) : OutputExpression;

public sealed record MetricOutput(string Name, OutputExpression Expression);
