namespace Headwater.Metrics.Requests;

/// <summary>
/// A span of <c>metric_time</c>, widened to whole periods of the grain that the query shows: the middle of January to the middle of March is three whole
/// months in a query by month.
/// </summary>
/// <param name="From">An instant of the first period, or null for no lower bound.</param>
/// <param name="To">An instant of the last period, or null for no upper bound.</param>
public sealed record TimeBounds(DateTime? From, DateTime? To);
