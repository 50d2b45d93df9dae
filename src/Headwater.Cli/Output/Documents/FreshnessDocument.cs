using Headwater.Modeling.Freshness;

namespace Headwater.Cli.Output.Documents;

/// <summary>How old the data of a source table are, for programs.</summary>
/// <param name="Status"><c>fresh</c>, <c>warned</c>, <c>too_old</c> or <c>error</c>.</param>
/// <param name="AgeSeconds">Null if nothing was ever loaded.</param>
internal sealed record FreshnessDocument(
    string UniqueId,
    string Source,
    string Table,
    string Status,
    DateTimeOffset? LoadedAt,
    double? AgeSeconds,
    string? Error
)
{
    public static IReadOnlyList<string> Heading { get; } =
    ["unique_id", "source", "table", "status", "loaded_at", "age_seconds", "error"];

    public IReadOnlyList<string?> Row =>
        [
            UniqueId,
            Source,
            Table,
            Status,
            LoadedAt is { } moment ? Word.Of(moment) : null,
            AgeSeconds is { } age ? Word.Of(age) : null,
            Error,
        ];

    public static FreshnessDocument Of(FreshnessResult result) =>
        new(
            result.Source.UniqueId,
            result.Source.SourceName,
            result.Source.Name,
            Word.Of(result.Status),
            result.LoadedAt?.ToUniversalTime(),
            result.Age is { } age ? Word.Seconds(age) : null,
            result.Error
        );
}
