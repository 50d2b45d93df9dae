using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>What of a metric is shown. A closed set.</summary>
public abstract record MetricVariant;

/// <summary>The value.</summary>
public sealed record PlainValue : MetricVariant
{
    public static PlainValue Instance { get; } = new();
}

/// <summary>The value of an earlier period, or how the value differs from it.</summary>
public sealed record EarlierValue(EarlierPeriod Period, Difference Difference) : MetricVariant;

/// <summary>How two values are set against each other.</summary>
public enum Difference
{
    /// <summary>The other value itself.</summary>
    None,

    /// <summary>The value less the other.</summary>
    Change,

    /// <summary>The change as a part of the other: 0.1 for ten percent more.</summary>
    Growth,
}

/// <summary>Whole periods ago: rows count under the period that comes so many later.</summary>
/// <param name="Count">Above zero.</param>
/// <param name="Shown">The finest period that the query shows.</param>
public sealed record EarlierPeriod(int Count, Grain Unit, Grain Shown);

/// <summary>The part that the value is of the sum of all rows, or of the rows of the same time.</summary>
public sealed record ShareOfTotal(bool InPeriod) : MetricVariant;

/// <summary>The value and all that come before it in time put together, in rows that are alike besides.</summary>
/// <param name="Aggregation">Sum; min and max of least and greatest values.</param>
public sealed record RunningTotal(Aggregation Aggregation) : MetricVariant;

/// <summary>The place of the value among all rows, the greatest being 1.</summary>
public sealed record RankOfValue : MetricVariant;

/// <summary>The part of the other rows whose value is less, from 0 to 1.</summary>
public sealed record PercentileOfValue : MetricVariant;
