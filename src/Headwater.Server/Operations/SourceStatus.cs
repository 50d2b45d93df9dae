using Headwater.Platform.Runs;
using Headwater.Project.Resources.Sources;

namespace Headwater.Server.Operations;

/// <summary>How old a source's newest data is, against what its author allows.</summary>
public enum SourceFreshness
{
    /// <summary>Nothing has been landed yet.</summary>
    Never,
    Fresh,
    Late,

    /// <summary>Older than <c>error_after</c>, or its last landing failed.</summary>
    Stale,
}

/// <summary>A source with what was last landed of it.</summary>
public sealed record SourceStatus(
    SourceDefinition Source,
    SourceFreshness Freshness,
    DateTimeOffset? LandedAt,
    IReadOnlyList<StreamStatus> Streams
)
{
    internal static async Task<List<SourceStatus>> ReadAsync(ServerParts parts, CancellationToken cancellationToken)
    {
        var landings = await parts.Platform.Runs.LastLandingsAsync(cancellationToken);
        var now = parts.Time.GetUtcNow();
        return
        [
            .. parts
                .Project()
                .Sources.OrderBy(source => source.Name, StringComparer.Ordinal)
                .Select(source => Of(source, landings, now)),
        ];
    }

    private static SourceStatus Of(SourceDefinition source, LastLandings landings, DateTimeOffset now)
    {
        var streams = source
            .Streams.Select(stream => new StreamStatus(
                stream,
                Find(landings.Attempts, source, stream),
                Find(landings.Loads, source, stream)
            ))
            .ToList();
        // As old as its oldest stream: a report over two tables is as fresh as the older one.
        var landed = streams.Exists(stream => stream.Load is null)
            ? null
            : streams.Min(stream => stream.Load?.LandedAt);
        return new SourceStatus(source, FreshnessOf(source, streams, landed, now), landed, streams);
    }

    private static LandingResult? Find(
        IReadOnlyList<LandingResult> landings,
        SourceDefinition source,
        StreamDefinition stream
    ) => landings.FirstOrDefault(landing => landing.Source == source.Name && landing.Stream == stream.Name);

    private static SourceFreshness FreshnessOf(
        SourceDefinition source,
        List<StreamStatus> streams,
        DateTimeOffset? landed,
        DateTimeOffset now
    ) =>
        streams.Exists(stream => stream.Attempt?.State == RunState.Failed) ? SourceFreshness.Stale
        : landed is not { } at ? SourceFreshness.Never
        : now - at > source.Freshness?.ErrorAfter ? SourceFreshness.Stale
        : now - at > source.Freshness?.WarnAfter ? SourceFreshness.Late
        : SourceFreshness.Fresh;
}

/// <param name="Attempt">Its last landing, or null if there was none.</param>
/// <param name="Load">Its last landing that read a file, or null if there was none.</param>
public sealed record StreamStatus(StreamDefinition Stream, LandingResult? Attempt, LandingResult? Load)
{
    /// <summary>The landing to show: a failure, else the one that the data is from.</summary>
    public LandingResult? Last => Attempt?.State == RunState.Failed ? Attempt : Load ?? Attempt;
}
