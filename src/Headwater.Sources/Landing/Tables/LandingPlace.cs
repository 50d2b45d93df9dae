namespace Headwater.Sources.Landing.Tables;

/// <summary>What landing writes beside every row.</summary>
internal sealed record LandingPlace(string Stream, string File, DateTimeOffset LoadedAt, Guid Batch);
