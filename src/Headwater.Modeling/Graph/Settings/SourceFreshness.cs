namespace Headwater.Modeling.Graph;

/// <summary>When data count as too old.</summary>
/// <param name="WarnAfter">Null for never.</param>
/// <param name="ErrorAfter">Null for never.</param>
/// <param name="Filter">SQL that limits the rows looked at.</param>
public sealed record SourceFreshness(FreshnessAge? WarnAfter, FreshnessAge? ErrorAfter, string? Filter);

/// <summary>An age in whole periods.</summary>
/// <param name="Period"><c>minute</c>, <c>hour</c> or <c>day</c>.</param>
public sealed record FreshnessAge(long Count, string Period)
{
    public TimeSpan Age =>
        Period switch
        {
            "minute" => TimeSpan.FromMinutes(Count),
            "hour" => TimeSpan.FromHours(Count),
            _ => TimeSpan.FromDays(Count),
        };
}
