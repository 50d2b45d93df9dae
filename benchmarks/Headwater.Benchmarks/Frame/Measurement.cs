namespace Headwater.Benchmarks.Frame;

/// <summary>One figure, and the bar that it has to pass.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure; null if it could not be measured, which misses every bar.</param>
/// <param name="Unit">Its unit: <c>rows/s</c>, <c>ms</c>, <c>x</c>.</param>
/// <param name="Bar">What it has to reach; null if it only informs.</param>
internal sealed record Measurement(string Name, double? Value, string Unit, Bar? Bar = null)
{
    /// <summary>Where the true value lies with 95 % confidence, where it was estimated.</summary>
    public Interval? Confidence { get; init; }

    public bool Passed => Bar is null || (Value is { } value && Bar.IsPassedBy(value));
}

/// <summary>A lower or an upper limit.</summary>
internal sealed record Bar(double Limit, bool IsFloor)
{
    public static Bar AtLeast(double limit) => new(limit, IsFloor: true);

    public static Bar AtMost(double limit) => new(limit, IsFloor: false);

    public bool IsPassedBy(double value) => IsFloor ? value >= Limit : value <= Limit;
}

/// <summary>From and to, both included.</summary>
internal sealed record Interval(double Low, double High);
