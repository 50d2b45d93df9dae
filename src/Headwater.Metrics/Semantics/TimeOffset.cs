using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>From which other time a value is taken. A closed set.</summary>
public abstract record TimeOffset;

/// <summary>The same place a length of time ago.</summary>
public sealed record WindowOffset(PeriodLength Length) : TimeOffset
{
    public override string ToString() => $"{Length} ago";
}

/// <summary>The start of the period that holds the time.</summary>
public sealed record StartOfPeriod(PeriodKind Period) : TimeOffset
{
    public override string ToString() => $"at the start of the {Period}";
}
