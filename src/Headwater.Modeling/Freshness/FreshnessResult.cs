using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Freshness;

public enum FreshnessStatus
{
    Fresh,

    /// <summary>Older than <c>warn_after</c>.</summary>
    Warned,

    /// <summary>Older than <c>error_after</c>.</summary>
    TooOld,

    /// <summary>It could not be asked.</summary>
    Error,
}

/// <summary>How old the data of a source table are.</summary>
/// <param name="LoadedAt">When its newest row was loaded, in UTC; null if it has none or could not be asked.</param>
/// <param name="CheckedAt">When that was asked, in UTC.</param>
/// <param name="Error">What went wrong; null if nothing did.</param>
public sealed record FreshnessResult(
    SourceNode Source,
    FreshnessStatus Status,
    DateTimeOffset? LoadedAt,
    DateTimeOffset CheckedAt,
    TimeSpan Elapsed,
    string? Error
)
{
    /// <summary>Null if nothing was ever loaded.</summary>
    public TimeSpan? Age => CheckedAt - LoadedAt;
}
