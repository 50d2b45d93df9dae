using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Which rows can count at all where they count under later times than their own: what is asked of the later time, as far as it holds for their own.
/// The rows do not change by it, but an engine skips those that it can tell by their own time.
/// </summary>
/// <param name="baseGrain">The periods by which rows meet the time spine.</param>
internal readonly struct EarlierTimes(Grain baseGrain)
{
    /// <summary>The own times of rows that are seen at some times through an offset.</summary>
    public AskedSpan Through(TimeOffset offset, AskedSpan seen) =>
        offset switch
        {
            WindowOffset { Length: { Grain: { } unit } length } => new AskedSpan(
                Moved(seen.From, unit, length.Count),
                // Days that the earlier month does not have are taken for its last.
                unit >= Grain.Month
                && seen.Until is { Day: > 28 }
                    ? After(Moved(seen.Until, unit, length.Count))
                    : Whole(Moved(seen.Until, unit, length.Count))
            ),
            StartOfPeriod start => new AskedSpan(Start(start.Period.Grain, seen.From), Whole(seen.Until)),
            _ => default,
        };

    /// <summary>The own times of rows that count up to some times.</summary>
    public AskedSpan Through(CumulativeMetric cumulative, AskedSpan seen) =>
        new(
            cumulative switch
            {
                { Window: { Grain: { } unit } window } => Moved(seen.From, unit, window.Count),
                { GrainToDate.Grain: { } grain } => Start(grain, seen.From),
                _ => null,
            },
            Whole(seen.Until)
        );

    private static DateTime? Moved(DateTime? time, Grain unit, int count) =>
        time is { Year: > 100 } instant ? unit.Add(instant, -count) : null;

    private static DateTime? Start(Grain? grain, DateTime? time) =>
        grain is { } plain && time is { } instant ? plain.Start(instant) : null;

    // Rows of a period that begins before an instant within it reach beyond the instant.
    private DateTime? Whole(DateTime? until) =>
        until is { } instant && baseGrain.Start(instant) != instant ? After(until) : until;

    private DateTime? After(DateTime? last) => last is { } instant ? baseGrain.Add(baseGrain.Start(instant), 1) : null;
}
